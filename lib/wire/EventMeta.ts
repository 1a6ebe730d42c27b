/** What is known about an event besides its payload. */
export interface EventMeta {
  /** The name as it travelled, before any alias was resolved. */
  readonly wireName: string;
  /** When it came, in milliseconds since 1970, by the client's scheduler. */
  readonly receivedAt: number;
  /** When the server published it, ISO 8601. */
  readonly publishedOn?: string;
  /** The server's own id of the event, a GUID. */
  readonly eventId?: string;
}
