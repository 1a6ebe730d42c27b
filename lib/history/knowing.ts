import * as Evidence from './evidence.js';
import * as Frontier from './frontier.js';
import * as Patience from './gapPatience.js';
import type { Merge } from './mergeRecord.js';
import * as SameLog from './sameLog.js';

/** Something at `position` exists. */
export const know = (merge: Merge<unknown>, position: number, now: number): void => {
  if (!Frontier.know(merge, position)) return;
  Evidence.know(merge, position, now);
  SameLog.toldEnd(merge, position, merge.cursor, now);
};

/** What is at `position` bears this time of the server. */
export const noteTime = (merge: Merge<unknown>, position: number, at: number | undefined): void => {
  if (at === undefined) return;
  Evidence.noteServerTime(merge, at);
  SameLog.vouch(merge, position, at);
};

/** The log begins after `position`. What came live while that was asked for was published after the subscription. */
export const beginAfter = (merge: Merge<unknown>, position: number): void => {
  merge.isLocated = true;
  Frontier.beginAfter(merge, Math.min(position, merge.lowestLive - 1));
  SameLog.beginAfter(merge, merge.cursor);
  Frontier.emitHeldRun(merge);
};

/** The server's log is another one by now, of which everything up to `position` was seen before. */
export const beginAnewAfter = (merge: Merge<unknown>, position: number): void => {
  Evidence.forget(merge);
  Patience.forget(merge);
  SameLog.forget(merge);
  SameLog.beginAfter(merge, position);
  Frontier.beginAnewAfter(merge, position);
};
