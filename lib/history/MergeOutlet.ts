import type { Discontinuity } from './Discontinuity.js';

/**
 * What comes out of a merge: emissions and two commands. The merge is consistent at each call.
 *
 * Each is told whose merge it is, so that one outlet serves all merges of its kind: closures would be made anew for
 * each, and a log may be one of ten thousand.
 */
export interface MergeOutlet<T, O = unknown> {
  emit(owner: O, item: T): void;
  /** A range shown not to exist. */
  hole(owner: O, from: number, to: number): void;
  discontinuity(owner: O, range: Discontinuity): void;
  /** An item whose position had been passed as a hole or a discontinuity. */
  late(owner: O, item: T): void;
  /** Asks where the log ends: answered by `baseline` or `failed`. Absent where nobody can be asked. */
  locate?(owner: O, ticket: number): void;
  /** How long all may be quiet, from now on, before it is looked at. Default: `idleProbeMs`. */
  quietMs?(owner: O): number;
  /** Asks for the items at or after `from`: answered by `page`, `failed` or `truncated`. */
  fetch(owner: O, from: number, limit: number, ticket: number): void;
  /** The log is over: nothing comes after this. */
  end(owner: O): void;
}
