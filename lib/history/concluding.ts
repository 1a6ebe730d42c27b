import * as Asking from './asking.js';
import * as Ending from './ending.js';
import * as Frontier from './frontier.js';
import { beginAfter } from './knowing.js';
import type { Merge } from './mergeRecord.js';

/** The log is over for those who follow it: what is held is let out, what is missing is reported. */
export const conclude = (merge: Merge<unknown>): void => {
  if (!merge.isLocated) beginAfter(merge, merge.highestKnown);
  while (merge.isHeard && Frontier.hasGap(merge)) Frontier.pass(merge, Frontier.gapEnd(merge), 'closed');
  if (merge.isHeard) finishOff(merge);
};

/** It ends as it stands. */
export const finishOff = (merge: Merge<unknown>): void => {
  seal(merge);
  merge.out.end(merge);
};

/** Nothing comes out any more. */
export const seal = (merge: Merge<unknown>): void => {
  Ending.seal(merge);
  merge.isHeard = false;
  Asking.drop(merge);
  merge.wakeAt = Infinity;
  Frontier.dropHeld(merge);
};
