/** How an open connection is checked. */
export interface HeartbeatTimes {
  /** From one ping to the next. Default: 10 000 ms. */
  readonly intervalMs?: number | undefined;
  /**
   * How long the answer to a ping may take; in browsers, how long the socket may stay silent on evidence. Default: 8
   * 000 ms.
   */
  readonly timeoutMs?: number | undefined;
}
