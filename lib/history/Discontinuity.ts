/**
 * Positions that were passed without being seen: an honest loss. Both ends belong to the range. Only a `reset` is
 * about positions that were settled before.
 */
export interface Discontinuity {
  readonly from: number;
  readonly to: number;
  /**
   * - `unresolved`: known to exist, yet history did not show them for `maxGapWaitMs`;
   * - `truncated`: the server no longer keeps them;
   * - `reset`: the server's log begins anew. From `from` up to `to`, which was the last position settled, what
   *   was there before is there no more, and what comes next is at or after `from` again;
   * - `closed`: the log ended before they came.
   */
  readonly reason: 'unresolved' | 'truncated' | 'reset' | 'closed';
}
