import * as Frontier from './frontier.js';
import { know, noteTime } from './knowing.js';
import type { Merge } from './mergeRecord.js';
import { awaitGap, plan } from './planning.js';
import * as Schedule from './pullSchedule.js';
import * as SameLog from './sameLog.js';

/**
 * The item is let out if it is next and nothing else is missing, as nearly all are: for that no clock is needed.
 * `false`: it is not, and is to be told as `live`.
 */
export const takeNext = <T>(merge: Merge<T>, position: number, item: T, at: number | undefined): boolean => {
  if (position !== merge.cursor + 1 || Frontier.hasGap(merge) || !isFlowing(merge)) return false;
  if (at !== undefined) noteTime(merge, position, at);
  Frontier.takeNext(merge, position, item);
  return true;
};

/** An item came by the line; `at` is the server's time of it. */
export const live = <T>(
  merge: Merge<T>,
  position: number,
  item: T,
  at: number | undefined,
  now: number,
): void => {
  if (!merge.isHeard) return;
  if (!merge.isLocated) merge.lowestLive = Math.min(merge.lowestLive, position);
  if (position <= merge.cursor) {
    hearSettled(merge, position, item, at, now);
    return;
  }
  noteTime(merge, position, at);
  if (position > merge.cursor + 1 || !isFlowing(merge)) holdEarly(merge, position, item, now);
  else if (Frontier.hasGap(merge)) closeGap(merge, position, item, now);
  else Frontier.takeNext(merge, position, item);
};

/** Something at this position is known to exist. */
export const known = (merge: Merge<unknown>, position: number, now: number): void => {
  if (!merge.isHeard || position <= merge.highestKnown) return;
  know(merge, position, now);
  awaitGap(merge, now);
  plan(merge, now);
};

/** History ends at `position`, as somebody says who may be behind. */
export const ends = (merge: Merge<unknown>, position: number, now: number): void => {
  if (merge.isHeard && merge.isLocated) SameLog.toldEnd(merge, position, merge.cursor, now);
};

/** Whether what is next may come out: not while it may be of another log. */
const isFlowing = (merge: Merge<unknown>): boolean =>
  merge.isHeard && merge.isLocated && !merge.isPaused && SameLog.question(merge) !== 'past';

/** Something is missing before it, or it may be of another log. */
const holdEarly = <T>(merge: Merge<T>, position: number, item: T, now: number): void => {
  know(merge, position, now);
  if (merge.isPaused) return;
  Frontier.place(merge, position, item);
  Frontier.trim(merge, merge.settings.maxHeld);
  awaitGap(merge, now);
  plan(merge, now);
};

/** The item that everything waits for: out at once, whatever request is under way. */
const closeGap = <T>(merge: Merge<T>, position: number, item: T, now: number): void => {
  Frontier.takeNext(merge, position, item);
  Frontier.emitHeldRun(merge);
  if (!merge.isHeard) return;
  // What is missing now is another gap, with a moment of its own.
  Schedule.gapClosed(merge);
  if (Frontier.hasGap(merge)) awaitGap(merge, now);
  plan(merge, now);
};

/** A duplicate, an item that comes too late, or one of a log that began anew. */
const hearSettled = <T>(
  merge: Merge<T>,
  position: number,
  item: T,
  at: number | undefined,
  now: number,
): void => {
  const { cursor, serverTime } = merge;
  const isLast = !Frontier.hasGap(merge);
  // Also where it was passed before: what comes late is as old as what came around it.
  Frontier.place(merge, position, item);
  if (!SameLog.hear(merge, { position, at, cursor, isLast, serverTime, now })) return;
  Schedule.catchUp(merge, now);
  plan(merge, now);
};
