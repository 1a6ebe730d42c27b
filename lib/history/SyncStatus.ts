import { type Fault, isSameFault } from '../fault/Fault.js';

/** How far a merged log has come. */
export interface SyncStatus {
  /**
   * - `idle`: nobody is subscribed;
   * - `catching-up`: history is being read, or a gap is being filled;
   * - `live`: the line is up, history was read since it opened, and nothing known is missing;
   * - `stale`: the line is down; what came so far stands;
   * - `degraded`: three history requests in a row have failed, or were answered with something else; they are retried;
   * - `closed`: the log has ended.
   */
  readonly state: 'idle' | 'catching-up' | 'live' | 'stale' | 'degraded' | 'closed';
  /** Everything up to this position is settled: emitted, declared absent, or before the start. */
  readonly cursor: number;
  /** The highest position known to exist. */
  readonly highestKnown: number;
  /** What the last history request failed with; absent once one succeeded again. */
  readonly problem?: Fault;
  /** Why the log ended. */
  readonly closedBecause?: 'deleted' | 'removed' | 'client-closed';
}

export const isSameStatus = (a: SyncStatus, b: SyncStatus): boolean =>
  a.state === b.state &&
  a.cursor === b.cursor &&
  a.highestKnown === b.highestKnown &&
  isSameFault(a.problem, b.problem);
