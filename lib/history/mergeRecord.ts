import * as Asking from './asking.js';
import * as Ending from './ending.js';
import * as Evidence from './evidence.js';
import * as Frontier from './frontier.js';
import * as Patience from './gapPatience.js';
import * as Line from './line.js';
import type { MergeOutlet } from './MergeOutlet.js';
import type { MergeSettings } from './mergeSettings.js';
import * as Schedule from './pullSchedule.js';
import * as SameLog from './sameLog.js';
import type { SyncStatus } from './SyncStatus.js';

/**
 * All that a merge knows of its log.
 *
 * One flat record, of which each part of the machine sees its own fields: a log may be one of ten thousand, and what
 * it can be told are functions that all of them share.
 */
export interface Merge<T>
  extends
    Frontier.Frontier<T>,
    Evidence.Evidence,
    SameLog.SameLog,
    Schedule.PullSchedule,
    Patience.GapPatience,
    Line.Line,
    Asking.Asking,
    Ending.Ending {
  readonly settings: MergeSettings;
  readonly out: MergeOutlet<T>;
  /** When it next wants to be woken; `Infinity` when only another fact can move it. */
  wakeAt: number;
  /** Whether it is known where the log begins. */
  isLocated: boolean;
  /** The lowest position that came live while that was not known. */
  lowestLive: number;
  /** The consumer is behind. */
  isPaused: boolean;
}

/**
 * A merge that nobody has started.
 *
 * @param after The last position already settled; -1 = from the beginning; `'now'` = ask where that is.
 * @param out Is handed the record that this becomes a part of.
 */
export const atRest = <T, M extends Merge<T>>(
  after: number | 'now',
  settings: MergeSettings,
  out: MergeOutlet<T, M>,
): Merge<T> => ({
  settings,
  out,
  wakeAt: Infinity,
  isLocated: after !== 'now',
  lowestLive: Infinity,
  isPaused: false,
  ...Frontier.settledUpTo<T>(after === 'now' ? -1 : after),
  ...Evidence.nothingKnown(),
  ...SameLog.unseen(after === 'now' ? -1 : after),
  ...Schedule.nothingDue(),
  ...Patience.untried(),
  ...Line.closed(),
  ...Asking.notBegun(),
  ...Ending.notYet(),
});

export const status = (merge: Merge<unknown>): SyncStatus => {
  const { cursor, highestKnown, problem } = merge;
  const closedBecause = merge.isOver ? merge.closedBecause : undefined;
  return {
    state: stateOf(merge),
    cursor,
    highestKnown,
    ...(problem && { problem }),
    ...(closedBecause && { closedBecause }),
  };
};

const stateOf = (merge: Merge<unknown>): SyncStatus['state'] => {
  if (merge.isOver) return 'closed';
  if (!merge.isHeard) return 'idle';
  if (Line.isLost(merge)) return 'stale';
  if (Asking.isDegraded(merge)) return 'degraded';
  return merge.isVerified && !Frontier.hasGap(merge) ? 'live' : 'catching-up';
};
