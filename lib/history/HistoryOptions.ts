/** How history is read. Most programs need at most the first three. Times are in milliseconds. */
export interface HistoryOptions {
  /** Items asked for in one request. Default: 100. */
  readonly pageSize?: number;
  /**
   * How long something above a missing position must have been known, in milliseconds, before a page without that
   * position proves that it does not exist. Must exceed the longest time for which the server may show a higher
   * position and not yet a lower one. Default: 2,000 ms.
   */
  readonly holeGraceMs?: number;
  /** How many history requests of one client may be under way at once. Default: 4. */
  readonly maxConcurrent?: number;
  /** How long a small gap in live events is taken for mere reordering, before history is asked. Default: 300 ms. */
  readonly oooGraceMs?: number;
  /** For a gap wider than this, history is asked at once. Default: 32 positions. */
  readonly oooMax?: number;
  /** The least time between two requests for the same position. Default: 400 ms. */
  readonly repollMs?: number;
  /**
   * How long history is asked to fill or explain a gap before it becomes a `Discontinuity`. `Infinity`: for ever.
   * Default: 30,000 ms.
   */
  readonly maxGapWaitMs?: number;
  /**
   * After each (re)connect: how long after catching up history is read once more. `Infinity`: never. Default: 1,500
   * ms.
   */
  readonly confirmProbeMs?: number;
  /**
   * How often history is read while nothing happens, since a lost last event leaves no trace. `Infinity`: never.
   * Default: 60,000 ms.
   */
  readonly idleProbeMs?: number;
  /**
   * How long a timeline is kept after its last subscriber has left, without a socket or a request. Default: 30,000
   * ms.
   */
  readonly keepAliveMs?: number;
  /**
   * Early events held in memory, per conversation; in a client no more than 8 Mi characters of them either. Further
   * ones are read again later. Default: 256.
   */
  readonly maxHeld?: number;
}
