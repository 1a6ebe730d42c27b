/**
 * Positions that were given up without being seen, although they may exist. Both ends belong to the range. Only a
 * `reset` is about positions that were settled before.
 */
export interface Discontinuity {
  readonly from: number;
  readonly to: number;
  /**
   * - `unresolved`: known to exist, yet history did not show them for `maxGapWaitMs`;
   * - `truncated`: the server no longer keeps them;
   * - `reset`: the server's log began anew. What was at `from` to `to` (the last position settled) is no longer there,
   *   and the next items come at or after `from` again;
   * - `closed`: the log ended before they came.
   */
  readonly reason: 'unresolved' | 'truncated' | 'reset' | 'closed';
}
