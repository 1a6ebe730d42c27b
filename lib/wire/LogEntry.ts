import type { Draft } from './Draft.js';
import type { Envelope } from './Envelope.js';

/** What every entry in the log of a conversation has. */
export interface LogEntry {
  /** The server's own id of the event, a GUID. */
  readonly eventId?: string;
  readonly conversationId: string;
  /** Where the event stands in the log of its conversation, from 0. Ids grow, and some are left out. */
  readonly conversationEventId: number;
}

/** An entry of the log of a conversation, of the kind `name`. */
export const logEntry = <N extends string, P>(
  { conversationId, conversationEventId, meta: { eventId } }: Envelope & LogEntry,
  name: N,
  payload: P,
): LogEntry & { readonly name: N; readonly payload: P } => {
  const entry: Draft<LogEntry> & { name: N; payload: P } = {
    conversationId,
    conversationEventId,
    name,
    payload,
  };
  if (eventId !== undefined) entry.eventId = eventId;
  return entry;
};
