/** How history is read. Only the first three matter to most programs; the rest are seams. */
export interface HistoryOptions {
  /** Items asked for in one request. Default: 100. */
  readonly pageSize?: number;
  /**
   * How long a missing position must have been overtaken, in milliseconds, before a page that lacks it
   * proves that it does not exist. Must exceed the longest time for which the server may show a higher
   * position before a lower one. Default: 2,000 ms.
   */
  readonly holeGraceMs?: number;
  /** History requests at once, per client. Default: 4. */
  readonly maxConcurrent?: number;
  /** How long a small gap in live events is taken for mere disorder. Default: 300 ms. */
  readonly oooGraceMs?: number;
  /** A gap wider than this is never taken for disorder. Default: 32 positions. */
  readonly oooMax?: number;
  /** The least time between two requests for the same position. Default: 400 ms. */
  readonly repollMs?: number;
  /** After this long without evidence a gap becomes a {@link Discontinuity}. `Infinity`: never. Default: 30,000 ms. */
  readonly maxGapWaitMs?: number;
  /** How long after the first caught-up moment of a line history is read once more. `Infinity`: not. Default: 1,500 ms. */
  readonly confirmProbeMs?: number;
  /** How often history is read while all is quiet. `Infinity`: not. Default: 60,000 ms. */
  readonly idleProbeMs?: number;
  /** How long a timeline without subscribers keeps following. Default: 30,000 ms. */
  readonly keepAliveMs?: number;
  /**
   * Early events held in memory, per conversation; in a client no more than 8 Mi characters of them either. Further
   * ones are read again later. Default: 256.
   */
  readonly maxHeld?: number;
}
