/** Why one attempt to keep a line ended. */
export interface Failure {
  /**
   * * `close`: the open line was closed, by the server or by something on the way.
   * * `handshake`: the line never opened; `status` is there where the platform shows it, browsers never do.
   * * `token`: there was no token to connect with.
   * * `connect-timeout`: no open line within the time allowed.
   * * `silent`: the server did not answer a ping, or the line did not bring what it should have brought.
   * * `network`: the connection failed below the protocol.
   * * `constructor`: the socket could not be made.
   */
  readonly kind: 'close' | 'handshake' | 'token' | 'connect-timeout' | 'silent' | 'network' | 'constructor';
  readonly closeCode?: number;
  /** The server's words beside the close code. */
  readonly reason?: string;
  /** HTTP status of a refused handshake. */
  readonly status?: number;
  /** How long the server asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Which attempt failed; 1 = the first since the last stable line. */
  readonly attempt: number;
  /** How long the line had been open, in milliseconds; 0 = it never opened. */
  readonly uptimeMs: number;
  /** For `token`: what the token's provider threw. */
  readonly cause?: unknown;
}
