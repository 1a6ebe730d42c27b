/** What the local server does wrong on purpose. Everything is off by default; probabilities go from 0 to 1. */
export interface Faults {
  /** Probability per event frame and socket that it is never sent. */
  readonly lose?: number;
  /** Probability per event frame and socket that it is sent twice. */
  readonly repeat?: number;
  /** Probability per event frame and socket that the next one overtakes it. */
  readonly swap?: number;
  /** Each event frame waits up to this many milliseconds; the frames of one socket stay in order. */
  readonly delayMs?: number;
  /** Events in the first so many milliseconds after a socket has opened are never pushed to it. */
  readonly pushDelayAfterOpenMs?: number;
  /** Probability per log entry that an id is used up before it and never shown. */
  readonly holes?: number;
  /** Each new log entry is missing from pages for a random time, of up to this many milliseconds. */
  readonly historyLagMs?: number;
  /** No page holds more than this, whatever its request asked for. */
  readonly maxPageSize?: number;
  /** Probability that a page of at least two items is cut short; one item is always left. */
  readonly shortPages?: number;
  /** Requests get this answer instead of their own. */
  readonly answer?: {
    readonly status: number;
    /** Seconds, for the `Retry-After` header. Default: no such header. */
    readonly retryAfterS?: number;
    /** How many requests. Default: all of them. */
    readonly times?: number;
    /** Which ones, matched against the path without its query. Default: all of them. */
    readonly path?: RegExp;
    /** Which ones, by their method: `'POST'`. Default: all of them. */
    readonly method?: string;
  };
  /** Handshakes of sockets are answered with this HTTP status. */
  readonly refuseSockets?: number;
  /**
   * Every socket, old or new, stays open while nothing passes in either direction: no frame, no pong, no close. When
   * the fault ends, these sockets are cut, as by a router that has forgotten them.
   */
  readonly halfOpen?: boolean;
  /**
   * What is left out: of the envelope of frames and of logged events `context` and `publishedOn`, of messages in a
   * page `sentEventId` and `statusUpdates`, and `etag` wherever there is one: in frames, in the header `ETag` of
   * answers, in listed conversations. The server itself still knows the tag, and answers 412 to a wrong `If-Match`.
   */
  readonly omit?: readonly ('context' | 'publishedOn' | 'sentEventId' | 'statusUpdates' | 'etag')[];
}
