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

/** The fields that all message events begin with. */
export const logEntry = ({
  conversationId,
  conversationEventId,
  meta: { eventId },
}: Envelope & LogEntry): LogEntry => {
  const entry: Draft<LogEntry> = { conversationId, conversationEventId };
  if (eventId !== undefined) entry.eventId = eventId;
  return entry;
};
