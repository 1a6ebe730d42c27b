import type { Fault } from '../fault/Fault.js';
import * as Asking from './asking.js';
import { conclude, finishOff, seal } from './concluding.js';
import * as Ending from './ending.js';
import * as Evidence from './evidence.js';
import * as Frontier from './frontier.js';
import * as Patience from './gapPatience.js';
import { takePage, takePast } from './judging.js';
import { beginAfter, know } from './knowing.js';
import * as Line from './line.js';
import type { FailureFacts, PageFacts } from './MergeFacts.js';
import type { Merge } from './mergeRecord.js';
import { inOrder, type Placed } from './Placed.js';
import { plan, readSoon } from './planning.js';
import * as Schedule from './pullSchedule.js';
import * as SameLog from './sameLog.js';
import type { SyncStatus } from './SyncStatus.js';

// The facts that a merge can be told, each with its time in ms.
//
// The machine merges live items with paged history: each position once, in order, none skipped in silence. Facts go
// in, emissions and requests come out; it owns no clock, timer, promise or stream. It is never called while it is at
// work, except for `stop` and `pause`.
//
// Three rules carry it. The cursor only moves to the next position, or over a range that is reported. A position is
// absent only if a page that brackets it was read `holeGraceMs` after something above it was known to exist. And only
// an answer that brings nothing new is the end, never a short page.
export { heldCount } from './frontier.js';
export { ends, known, live, takeNext } from './hearing.js';
export { atRest, status } from './mergeRecord.js';

/** A consumer is there, and the live feed is being attached. Nothing is asked before the next fact. */
export const start = (merge: Merge<unknown>, now: number): void => {
  if (merge.isOver) return;
  merge.isHeard = true;
  if (merge.isLocated) readSoon(merge, now);
  else Schedule.catchUp(merge, now);
  // Not yet: what else there is to know when a run starts may come before.
  merge.wakeAt = now;
};

/** No consumer is left. May be called from inside an emission; nothing is emitted after it. */
export const stop = (merge: Merge<unknown>): void => {
  merge.isHeard = merge.isPaused = false;
  merge.lowestLive = merge.wakeAt = Infinity;
  Asking.drop(merge);
  Frontier.dropHeld(merge);
  Schedule.clear(merge);
  Patience.forget(merge);
  SameLog.trust(merge);
  Line.forget(merge);
  Ending.forget(merge);
};

/** The line opened: what it brings is relied on once a request that starts now has answered. */
export const open = (merge: Merge<unknown>, now: number): void => {
  if (!Line.opened(merge, now)) return;
  Schedule.cutBackOffShort(merge);
  Schedule.catchUp(merge, now);
  plan(merge, now);
};

/** The line dropped. */
export const drop = (merge: Merge<unknown>, now: number): void => {
  Line.dropped(merge);
  plan(merge, now);
};

/** Answers `fetch`. */
export const page = <T>(
  merge: Merge<T>,
  ticket: number,
  unordered: readonly Placed<T>[],
  { servedAt, strays = 0, askedAt, endsAt }: PageFacts,
  now: number,
): void => {
  const claimed = Asking.claim(merge, ticket, 'items', now);
  if (claimed === undefined) return;
  const answered = Asking.asRead(merge, claimed, askedAt);
  const items = inOrder(unordered);
  if (endsAt !== undefined) SameLog.toldEnd(merge, endsAt, merge.cursor, now);
  if ((items.at(-1)?.position ?? -1) < answered.from && items.length + strays > 0) {
    Asking.endure(merge, now);
  } else {
    Asking.recover(merge);
    if (answered.about === 'past') takePast(merge, answered, items, now);
    else takePage(merge, answered, items, now);
    Evidence.noteServerTime(merge, servedAt);
  }
  if (merge.isHeard) plan(merge, now);
};

/** Answers `locate`: the highest position there is, -1 when there is none. */
export const baseline = (merge: Merge<unknown>, ticket: number, position: number, now: number): void => {
  const claimed = Asking.claim(merge, ticket, 'position', now);
  if (claimed === undefined) return;
  Asking.recover(merge);
  if (claimed.about === 'start') {
    know(merge, position, now);
    beginAfter(merge, position);
    if (!merge.isHeard) return;
    readSoon(merge, now);
  } else {
    Schedule.catchUp(merge, SameLog.end(merge, position, merge.cursor, now));
  }
  plan(merge, now);
};

/** Answers either: the request failed. */
export const failed = (merge: Merge<unknown>, ticket: number, facts: FailureFacts, now: number): void => {
  const claimed = Asking.claim(merge, ticket, 'failure', now);
  if (claimed === undefined) return;
  if (claimed.about === 'end') SameLog.trust(merge);
  else if (SameLog.isOverdue(merge, now)) trustAgain(merge);
  if (!merge.isHeard) return;
  Asking.retry(merge, facts, now);
  plan(merge, now);
};

/** What waited for the answer, and is next, waits no longer. */
const trustAgain = (merge: Merge<unknown>): void => {
  SameLog.trust(merge);
  if (!merge.isPaused) Frontier.emitHeldRun(merge);
};

/** Answers either: there is nothing at or after what was asked for, which for `fetch` is an answer. */
export const outOfRange = (merge: Merge<unknown>, ticket: number, facts: FailureFacts, now: number): void => {
  if (Asking.wantsItems(merge)) page(merge, ticket, [], { endsAt: -1 }, now);
  else failed(merge, ticket, facts, now);
};

/** Answers either: the server keeps nothing below `before` any more. */
export const truncated = (
  merge: Merge<unknown>,
  ticket: number,
  before: number,
  facts: FailureFacts,
  now: number,
): void => {
  if (Asking.claim(merge, ticket, 'failure', now) === undefined) return;
  SameLog.trust(merge);
  if (merge.isLocated && before > merge.cursor + 1) {
    Frontier.pass(merge, Math.min(before, Frontier.nextHeld(merge)) - 1, 'truncated');
  } else {
    Asking.retry(merge, facts, now);
  }
  plan(merge, now);
};

/** The consumer is behind: nothing is read, held or let out until `resume`, save what has been asked for. */
export const pause = (merge: Merge<unknown>): void => {
  merge.isPaused = true;
  merge.wakeAt = merge.closesAt;
};

export const resume = (merge: Merge<unknown>, now: number): void => {
  if (!merge.isPaused) return;
  merge.isPaused = false;
  Patience.forget(merge);
  if (Frontier.hasGap(merge)) Schedule.catchUp(merge, now);
  plan(merge, now);
};

/** Live items have ended: what history still has is read, then the log is over. */
export const finish = (merge: Merge<unknown>, now: number): void => {
  Ending.finish(merge, now);
  Schedule.catchUp(merge, now);
  plan(merge, now);
};

/** The log has ended: what is held is let out, what is missing is reported. */
export const close = (
  merge: Merge<unknown>,
  because: NonNullable<SyncStatus['closedBecause']>,
  now: number,
): void => {
  // The last items may still be on their way, out of order with the news of the end.
  if (!Ending.close(merge, because, now + merge.settings.oooGraceMs)) return;
  if (because === 'client-closed') finishOff(merge);
  else plan(merge, now);
};

/** The log ends with an error, which the caller passes on: nothing comes out any more. */
export const abort = (merge: Merge<unknown>, fault: Fault): void => {
  Asking.giveUp(merge, fault);
  seal(merge);
};

/** To be called at `wakeAt`. */
export const wake = (merge: Merge<unknown>, now: number): void => {
  if (merge.isHeard && now >= merge.closesAt) conclude(merge);
  else plan(merge, now);
};
