/** Positions that were passed without being seen: an honest loss. Both ends belong to the range. */
export interface Discontinuity {
  readonly from: number;
  readonly to: number;
  /**
   * - `unresolved`: known to exist, yet history did not show them for `maxGapWaitMs`;
   * - `truncated`: the server no longer keeps them;
   * - `reset`: the server's log begins anew;
   * - `closed`: the log ended before they came.
   */
  readonly reason: 'unresolved' | 'truncated' | 'reset' | 'closed';
}
