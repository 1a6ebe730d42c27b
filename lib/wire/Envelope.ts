import { conversationIdOf } from './conversationIdOf.js';
import type { Draft } from './Draft.js';
import type { EventMeta } from './EventMeta.js';
import { isJsonObject, type JsonObject } from './JsonObject.js';
import { Position } from './Position.js';

/**
 * The outside of a frame, gathered from all the places where it may stand.
 *
 * Servers write the same fact in several ways (`etag` and `eTag`, four places for the conversation's id). They are
 * resolved here once, so that a file of one event looks at an envelope and its payload and knows no such way.
 * Of a wrong type counts as missing; whether that matters, the event says.
 */
export interface Envelope {
  /** The frame as it was parsed. */
  readonly frame: JsonObject;
  /** The name by which the event is known here, aliases resolved. */
  readonly name: string;
  readonly meta: EventMeta;
  readonly conversationId: string | undefined;
  readonly conversationEventId: number | undefined;
  readonly createdBy: string | undefined;
  readonly eTag: string | undefined;
  /** Not looked at yet. */
  readonly payload: unknown;
}

export interface Postmark {
  readonly wireName: string;
  /** The canonical name. */
  readonly name: string;
  readonly receivedAt: number;
}

/** Reads the outside of a frame. */
export const openEnvelope = (frame: JsonObject, { wireName, name, receivedAt }: Postmark): Envelope => {
  const { publishedOn, eventId, conversationEventId, context, etag, eTag, payload } = frame;
  const meta: Draft<EventMeta> = { wireName, receivedAt };
  if (typeof publishedOn === 'string') meta.publishedOn = publishedOn;
  if (typeof eventId === 'string') meta.eventId = eventId;

  return {
    frame,
    name,
    meta,
    conversationId: conversationIdOf(frame, name),
    conversationEventId: Position.is(conversationEventId) ? conversationEventId : undefined,
    createdBy: isJsonObject(context) ? stringOf(context['createdBy']) : undefined,
    eTag: stringOf(etag) ?? stringOf(eTag),
    payload,
  };
};

const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
