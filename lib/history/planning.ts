import * as Asking from './asking.js';
import type { Question } from './asking.js';
import * as Evidence from './evidence.js';
import * as Frontier from './frontier.js';
import type { Merge } from './mergeRecord.js';
import * as Schedule from './pullSchedule.js';
import * as SameLog from './sameLog.js';

/** What is to be asked next is put to history if its time has come; otherwise the merge wants to be woken then. */
export const plan = (merge: Merge<unknown>, now: number): void => {
  if (!Frontier.hasGap(merge)) {
    Schedule.gapClosed(merge);
    Evidence.forget(merge);
  }
  if (!merge.isHeard) {
    merge.wakeAt = Infinity;
  } else if (Asking.isUnderWay(merge) || merge.isPaused || merge.closesAt !== Infinity) {
    merge.wakeAt = merge.closesAt;
  } else {
    // Something was settled since the last request, yet the end has not been seen.
    if (Schedule.isEmpty(merge)) Schedule.catchUp(merge, now);
    merge.wakeAt = Schedule.dueAt(merge, nextFrom(merge));
    if (merge.wakeAt > now) return;
    merge.wakeAt = Infinity;
    Asking.put(merge, nextQuestion(merge), merge.cursor, now);
  }
};

/** A gap was just seen: mere disorder for a moment, unless it is too wide for that. */
export const awaitGap = (merge: Merge<unknown>, now: number): void => {
  const { oooMax, oooGraceMs } = merge.settings;
  if (Frontier.gapWidth(merge) > oooMax) Schedule.fillGap(merge, now);
  else if (!Schedule.awaitsGap(merge) && !Asking.isUnderWay(merge)) Schedule.fillGap(merge, now + oooGraceMs);
};

/** History can be read without a line. But where the line is about to open, one request does for both. */
export const readSoon = (merge: Merge<unknown>, now: number): void => {
  Schedule.catchUp(merge, merge.isUp ? now : now + merge.settings.confirmProbeMs);
};

const nextQuestion = (merge: Merge<unknown>): Question => ({
  about: nextAbout(merge),
  from: nextFrom(merge),
});

const nextAbout = (merge: Merge<unknown>): Question['about'] =>
  merge.isLocated ? (SameLog.question(merge) ?? 'next') : 'start';

const nextFrom = (merge: Merge<unknown>): number => {
  const about = nextAbout(merge);
  if (about === 'next') return merge.cursor + 1;
  return about === 'past' ? Math.max(0, SameLog.doubted(merge) + 1 - merge.settings.pageSize) : -1;
};
