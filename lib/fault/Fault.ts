/**
 * What went wrong. The first six end the line for good; a request fails with one of the others, `'unauthorized'` or
 * `'invalid-url'`. As the `cause` of a lost line, any of them may appear.
 */
export type ErrorCode =
  | 'unauthorized'
  | 'refused'
  | 'protocol'
  | 'retries-exhausted'
  | 'no-websocket'
  | 'invalid-url'
  | 'closed'
  | 'not-found'
  | 'forbidden'
  | 'conflict'
  | 'precondition-failed'
  | 'rate-limited'
  | 'http'
  | 'network'
  | 'timeout'
  | 'invalid-response';

/** What went wrong, as plain data that may be shown and logged. */
export interface Fault {
  readonly kind: ErrorCode;
  /** A sentence for people. It never holds a token, a query string or a body. */
  readonly message: string;
  /** HTTP status of the answer or of the refused handshake. */
  readonly status?: number;
  /** Close code of the socket. */
  readonly closeCode?: number;
  /** The request that failed, with placeholders for ids: `'GET /conversations/{id}/events'`. */
  readonly endpoint?: string;
  /** How long the server asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** Whether two of them say the same. Where there is neither, they do. */
export const isSameFault = (a: Fault | undefined, b: Fault | undefined): boolean =>
  a === b ||
  (a?.kind === b?.kind &&
    a?.message === b?.message &&
    a?.status === b?.status &&
    a?.closeCode === b?.closeCode &&
    a?.endpoint === b?.endpoint &&
    a?.retryAfterMs === b?.retryAfterMs);
