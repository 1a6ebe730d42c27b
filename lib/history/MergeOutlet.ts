import type { Discontinuity } from './Discontinuity.js';

/**
 * What comes out of a merge: emissions and two commands. The merge is consistent at each call.
 *
 * Each is handed the merge it comes out of, or the larger record `M` that the merge is a part of. So one outlet serves
 * all merges of its kind: closures would be made anew for each, and a log may be one of ten thousand.
 */
export interface MergeOutlet<T, M = unknown> {
  emit(merge: M, item: T): void;
  /** A range shown not to exist. */
  hole(merge: M, from: number, to: number): void;
  discontinuity(merge: M, range: Discontinuity): void;
  /** An item whose position had been passed as a hole or a discontinuity. */
  late(merge: M, item: T): void;
  /** How large an item is that has to wait, in characters of text. Default: its size does not matter. */
  weigh?(merge: M, item: T): number;
  /** Asks where the log ends: answered by `baseline` or `failed`. Absent where nobody can be asked. */
  locate?(merge: M, ticket: number): void;
  /** How long all may be quiet, from now on, before it is looked at. Default: `idleProbeMs`. */
  quietMs?(merge: M): number;
  /** Asks for the items at or after `from`: answered by `page`, `failed` or `truncated`. */
  fetch(merge: M, from: number, limit: number, ticket: number): void;
  /** The log is over: nothing comes after this. */
  end(merge: M): void;
}
