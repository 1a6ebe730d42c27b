import type { Draft } from './Draft.js';
import type { Envelope } from './Envelope.js';
import type { EventMeta } from './EventMeta.js';

/** A JSON object with a string `name` that has no type here. */
export interface UnknownEvent {
  readonly wireName: string;
  /** The frame whole, as it was parsed. */
  readonly frame: unknown;
  readonly meta: EventMeta;
  readonly conversationId?: string;
  /** Its place in the log of the conversation, when it has one. */
  readonly conversationEventId?: number;
}

/** Passes on what can be said about a frame without knowing its payload. */
export const unknownEvent = ({
  frame,
  meta,
  conversationId,
  conversationEventId,
}: Envelope): UnknownEvent => {
  const event: Draft<UnknownEvent> = { wireName: meta.wireName, frame, meta };
  if (conversationId !== undefined) event.conversationId = conversationId;
  if (conversationEventId !== undefined) event.conversationEventId = conversationEventId;
  return event;
};
