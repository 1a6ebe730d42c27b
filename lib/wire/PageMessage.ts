import * as t from 'io-ts';
import { Id } from './Id.js';
import { isJsonObject } from './JsonObject.js';
import { maybe } from './maybe.js';
import type { MessagePart } from './MessagePart.js';
import { objectOf } from './objectOf.js';
import { Position } from './Position.js';
import { messageParts, WirePart } from './WirePart.js';

/** What a page says of one message. */
export interface PageMessage {
  readonly id: string;
  readonly sentEventId?: number;
  readonly metadata?: unknown;
  readonly context?: unknown;
  readonly parts?: readonly MessagePart[];
  /** How far each profile had come with it at the top of the page; absent where the server does not say. */
  readonly statuses?: readonly PageStatus[];
}

export interface PageStatus {
  readonly profileId: string;
  readonly status: 'delivered' | 'read';
  readonly on?: string;
}

const WireStatus = objectOf({ status: t.keyof({ delivered: null, read: null }) }, { on: maybe(t.string) });

/**
 * Reads one item of a page of messages. It never throws.
 *
 * A field that makes no sense is left out: a message is not lost for one of its details.
 *
 * @returns `undefined` for an item without an id.
 */
export const pageMessage = (item: unknown): PageMessage | undefined => {
  if (!isJsonObject(item)) return undefined;
  const { id, sentEventId, metadata, context, parts, statusUpdates } = item;
  if (!Id.is(id)) return undefined;
  return {
    id,
    ...(Position.is(sentEventId) && { sentEventId }),
    ...(metadata !== undefined && { metadata }),
    ...(context !== undefined && { context }),
    ...(Array.isArray(parts) && { parts: messageParts(parts.filter(WirePart.is)) }),
    ...(isJsonObject(statusUpdates) && { statuses: Object.entries(statusUpdates).flatMap(pageStatus) }),
  };
};

const pageStatus = ([profileId, update]: readonly [string, unknown]): readonly PageStatus[] => {
  if (!Id.is(profileId) || !WireStatus.is(update)) return [];
  const { status, on } = update;
  return [{ profileId, status, ...(typeof on === 'string' && { on }) }];
};
