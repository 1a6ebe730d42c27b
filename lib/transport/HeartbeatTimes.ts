/** How often an open line is tried, and for how long. */
export interface HeartbeatTimes {
  /** From one ping to the next. Default: 10 000 ms. */
  readonly intervalMs?: number | undefined;
  /** How long the answer to a ping may take. Default: 8 000 ms. */
  readonly timeoutMs?: number | undefined;
}
