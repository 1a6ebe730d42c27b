import type { Asked } from './asking.js';
import { finishOff } from './concluding.js';
import * as Ending from './ending.js';
import * as Evidence from './evidence.js';
import * as Frontier from './frontier.js';
import * as Patience from './gapPatience.js';
import { beginAnewAfter, know, noteTime } from './knowing.js';
import * as Line from './line.js';
import type { Merge } from './mergeRecord.js';
import type { Placed } from './Placed.js';
import * as Schedule from './pullSchedule.js';
import * as SameLog from './sameLog.js';

const FAR_AHEAD = 10_000;

/** Lets out what a page adds, and what it shows not to exist. */
export const takePage = <T>(
  merge: Merge<T>,
  answered: Asked,
  items: readonly Placed<T>[],
  now: number,
): void => {
  const { pageSize, maxHeld } = merge.settings;
  const pageTop = items.at(-1)?.position ?? -1;
  const proven = Evidence.provenBy(merge, answered, items);
  for (const { position, item, at } of items) {
    // Whoever left in the middle of it is given nothing more.
    if (!merge.isHeard) return;
    if (position > merge.cursor) noteTime(merge, position, at);
    Frontier.place(merge, position, item);
  }
  know(merge, pageTop, now);
  const before = merge.cursor;
  Frontier.drain(merge, proven);
  if (!merge.isHeard) return;
  Frontier.trim(merge, maxHeld);
  // A page that was full to the limit, and yet all known from the line by now, says nothing of the end.
  const isCutOff = items.length >= pageSize && pageTop <= merge.cursor;
  judge(merge, answered, pageTop, merge.cursor > before || isCutOff, now);
};

/** What was there before is there no more, or it is, and nothing was wrong. */
export const takePast = <T>(
  merge: Merge<T>,
  answered: Asked,
  items: readonly Placed<T>[],
  now: number,
): void => {
  const settled = SameLog.settledAnew(merge, items, answered.from, now);
  if (settled === undefined) {
    know(merge, items.at(-1)?.position ?? -1, now);
    Schedule.catchUp(merge, now);
    return;
  }
  beginAnewAfter(merge, settled);
  if (merge.isHeard) takePage(merge, answered, items, now);
};

const judge = (
  merge: Merge<unknown>,
  answered: Asked,
  pageTop: number,
  hasMore: boolean,
  now: number,
): void => {
  if (hasMore || (merge.isUp && answered.epoch !== merge.epoch)) Schedule.catchUp(merge, now);
  else if (Frontier.hasGap(merge)) settleGap(merge, pageTop, now);
  else reachEnd(merge, answered, now);
};

const settleGap = (merge: Merge<unknown>, pageTop: number, now: number): void => {
  const missing = merge.cursor + 1;
  const askAgainAt = Patience.askAgainAt(merge, merge.cursor, now);
  if (pageTop > missing) Schedule.fillGap(merge, Evidence.ripeAt(merge, missing));
  else if (askAgainAt !== undefined) Schedule.fillGap(merge, askAgainAt);
  // One corrupt position far ahead must not carry the cursor past all that is still to come.
  else if (Frontier.gapEnd(merge) - merge.cursor > FAR_AHEAD) Frontier.disbelieve(merge);
  else Frontier.pass(merge, Frontier.gapEnd(merge), 'unresolved');
};

const reachEnd = (merge: Merge<unknown>, answered: Asked, now: number): void => {
  if (Ending.sawAll(merge, answered.startedAt)) finishOff(merge);
  else if (Ending.isFinishing(merge)) Schedule.catchUp(merge, now);
  else Schedule.probe(merge, Line.reachedEnd(merge, answered.startedAt, now));
};
