import * as E from '#fp-ts/Either';
import { decodeEnvelope } from './decodeEnvelope.js';
import { invalidPayload, unreadable, type DecodeError } from './DecodeError.js';
import { openEnvelope } from './Envelope.js';
import type { ConversationMessageEvent } from './event/conversationMessageEvent.js';
import { isJsonObject } from './JsonObject.js';
import { unknownEvent, type UnknownEvent } from './UnknownEvent.js';
import type { Misfits } from './WireEvent.js';

/** What one item of a page turned out to be. With a `position` it counts as settled, understood or not. */
export interface PageItem {
  readonly position?: number;
  readonly event?: ConversationMessageEvent;
  readonly other?: UnknownEvent;
  readonly error?: DecodeError;
  /** It has a name and is not of another conversation, and yet no place in this one: pages show such items, too. */
  readonly isPlaceless?: true;
}

export interface PageItemOptions {
  /** The conversation that was asked for. An item that names none belongs to it. */
  readonly conversationId: string;
  readonly canonicalName: (wireName: string) => string;
  readonly receivedAt: number;
}

/** Makes the function that reads the items of one page. It never throws. */
export const pageItems =
  (options: PageItemOptions) =>
  (item: unknown): PageItem => {
    try {
      return pageItem(item, options);
    } catch {
      return { error: notAnEnvelope(item, options.receivedAt) };
    }
  };

const pageItem = (
  item: unknown,
  { conversationId, canonicalName, receivedAt }: PageItemOptions,
): PageItem => {
  if (!isJsonObject(item)) return { error: notAnEnvelope(item, receivedAt) };

  const name = item['name'];
  const wireName = typeof name === 'string' ? name : '';
  const opened = openEnvelope(item, { wireName, name: canonicalName(wireName), receivedAt });
  const fault = (misfits: Misfits): DecodeError =>
    typeof name === 'string'
      ? invalidPayload({ raw: item, meta: opened.meta, misfits })
      : notAnEnvelope(item, receivedAt);

  const position = opened.conversationEventId;
  const isElsewhere = opened.conversationId !== undefined && opened.conversationId !== conversationId;
  if (isElsewhere) return { error: fault(() => ['conversationId: expected the conversation asked for']) };
  if (position === undefined) {
    const error = fault(() => ['conversationEventId: expected integer >= 0']);
    return typeof name === 'string' ? { error, isPlaceless: true } : { error };
  }

  const envelope = opened.conversationId === undefined ? { ...opened, conversationId } : opened;
  if (typeof name !== 'string') {
    return { position, other: unknownEvent(envelope), error: notAnEnvelope(item, receivedAt) };
  }

  const decoded = decodeEnvelope(envelope);
  if (E.isLeft(decoded)) return { position, other: unknownEvent(envelope), error: fault(decoded.left) };
  const event = decoded.right;
  return 'type' in event && event.type === 'conversationMessageEvent'
    ? { position, event: event.payload }
    : { position, other: unknownEvent(envelope) };
};

const notAnEnvelope = (raw: unknown, receivedAt: number): DecodeError =>
  unreadable({ kind: 'not-an-envelope', raw, receivedAt });
