import type { Fault } from '../fault/Fault.js';
import type { Discontinuity } from './Discontinuity.js';
import { begunAt, createEvidence, type Reading } from './evidence.js';
import { createGapPatience } from './gapPatience.js';
import type { HistoryOptions } from './HistoryOptions.js';
import { createLine } from './line.js';
import type { FailureFacts, MergeCore, MergeOutlet } from './MergeFacts.js';
import { createPassedRanges } from './passedRanges.js';
import { inOrder } from './Placed.js';
import { createPullSchedule } from './pullSchedule.js';
import { createShelf } from './shelf.js';
import type { SyncStatus } from './SyncStatus.js';

/** The numbers of {@link HistoryOptions} that the core lives by. */
export type MergeSettings = Required<Omit<HistoryOptions, 'maxConcurrent' | 'keepAliveMs'>>;

interface Asked extends Reading {
  readonly ticket: number;
  readonly from: number;
  readonly epoch: number;
}

const FAILURES_UNTIL_DEGRADED = 3;
const USELESS_PAGES_UNTIL_FAILURE = 3;
const FAR_AHEAD = 10_000;
const PASSED_RANGES_KEPT = 256;
const IGNORES_FROM: Fault = {
  kind: 'invalid-response',
  message: 'History answers with items that were not asked for.',
};

/**
 * Creates the machine that merges live items with paged history: each position once, in order, none
 * skipped in silence. Facts with their time go in, emissions and requests come out; it owns no clock,
 * timer, promise or stream. It is never called while it is at work, except for `stop` and `pause`.
 *
 * Three rules carry it. The cursor only moves to the next position, or over a range that is reported.
 * A position is absent only if a page that brackets it was read `holeGraceMs` after something above it
 * was known to exist. And only an answer that brings nothing new is the end, never a short page.
 *
 * @param after The last position already settled; -1 = from the beginning; `'now'` = ask where that is.
 * @see mergeHistory, which gives the machine its feed, its clock and its consumers.
 */
export const createMergeCore = <T>(
  after: number | 'now',
  settings: MergeSettings,
  out: MergeOutlet<T>,
): MergeCore<T> => {
  const held = createShelf<T>();
  const passed = createPassedRanges(PASSED_RANGES_KEPT);
  const evidence = createEvidence(settings.holeGraceMs);
  const schedule = createPullSchedule(settings.repollMs);
  const patience = createGapPatience(settings);
  const line = createLine(settings);

  let cursor = after === 'now' ? -1 : after;
  let highestKnown = cursor;
  let isLocated = after !== 'now';
  let lowestLive = Infinity;
  let running = false;
  let paused = false;
  let over = false;

  let asked: Asked | undefined;
  let tickets = 0;
  let uselessPages = 0;
  let problem: Fault | undefined;

  let finishedAt = Infinity;
  let closeAt = Infinity;
  let closedBecause: SyncStatus['closedBecause'];
  let wakeAt = Infinity;

  const hasGap = (): boolean => highestKnown > cursor;

  // ---- moving the cursor

  const advance = (position: number): void => {
    // Before the emission: whoever is called from it finds the item settled.
    cursor = position;
    if (highestKnown < position) highestKnown = position;
  };

  const emitHeldRun = (): void => {
    held.dropUpTo(cursor);
    while (held.lowest === cursor + 1) {
      const item = held.takeLowest();
      advance(cursor + 1);
      if (item !== undefined) out.emit(item);
    }
  };

  const pass = (to: number, reason: Discontinuity['reason'] | 'hole'): void => {
    const from = cursor + 1;
    passed.add(from, to);
    advance(to);
    if (reason === 'hole') out.hole(from, to);
    else out.discontinuity({ from, to, reason });
    emitHeldRun();
  };

  /** Lets out what is contiguous, stepping over each hole below `proven` at once, however wide. */
  const drain = (proven: number): void => {
    emitHeldRun();
    while (running && Math.min(held.lowest, proven) > cursor + 1) {
      pass(Math.min(held.lowest, proven) - 1, 'hole');
    }
  };

  /** The last position before the next one that is held, or the highest one known. */
  const gapEnd = (): number => Math.min(held.lowest - 1, highestKnown);

  const takeLate = (position: number, item: T): void => {
    if (passed.claim(position)) out.late(item);
  };

  const know = (position: number, now: number): void => {
    if (position <= highestKnown) return;
    highestKnown = position;
    evidence.know(position, now);
  };

  /** The item that everything waits for: out at once, whatever request is under way. */
  const takeNext = (position: number, item: T, now: number): void => {
    const hadGap = hasGap();
    advance(position);
    out.emit(item);
    if (!hadGap) return;
    emitHeldRun();
    if (!running) return;
    // What is missing now is another gap, with a moment of its own.
    schedule.gapClosed();
    if (hasGap()) awaitGap(now);
    plan(now);
  };

  const holdEarly = (position: number, item: T, now: number): void => {
    know(position, now);
    if (paused) return;
    held.put(position, item);
    held.trim(settings.maxHeld);
    awaitGap(now);
    plan(now);
  };

  /** What came live while the question was under way was published after the subscription. */
  const beginAfter = (position: number): void => {
    isLocated = true;
    cursor = Math.min(position, lowestLive - 1);
    emitHeldRun();
  };

  // ---- asking

  /** History can be read without a line. But where the line is about to open, one request does for both. */
  const readSoon = (now: number): void => {
    schedule.catchUp(line.isUp ? now : now + settings.confirmProbeMs);
  };

  const nextFrom = (): number => (isLocated ? cursor + 1 : -1);

  const plan = (now: number): void => {
    if (!hasGap()) {
      schedule.gapClosed();
      evidence.forget();
    }
    if (!running || over) {
      wakeAt = Infinity;
    } else if (asked !== undefined || paused || closeAt !== Infinity) {
      wakeAt = closeAt;
    } else {
      // Something was settled since the last request, yet the end has not been seen.
      if (schedule.isEmpty) schedule.catchUp(now);
      wakeAt = schedule.dueAt(nextFrom());
      if (wakeAt <= now) ask(now);
    }
  };

  const ask = (now: number): void => {
    tickets += 1;
    asked = {
      ...evidence.beginReading(cursor, now),
      ticket: tickets,
      from: nextFrom(),
      epoch: line.epoch,
    };
    schedule.started(asked.from, now);
    wakeAt = Infinity;
    if (isLocated) out.fetch(asked.from, settings.pageSize, tickets);
    else out.locate(tickets);
  };

  /** The request that this answers; `undefined` for one that no longer counts. */
  const claimAnswer = (ticket: number, now: number): Asked | undefined => {
    if (over || asked?.ticket !== ticket) return undefined;
    const answered = asked;
    asked = undefined;
    schedule.answered(now);
    return answered;
  };

  /** A page that others share may have been read before it was asked for here, and proves only what it did then. */
  const asRead = (answered: Asked, askedAt = Infinity): Asked => ({
    ...answered,
    ...begunAt(askedAt, answered),
    epoch: Math.min(answered.epoch, line.epochAt(askedAt)),
  });

  const retry = ({ fault, jitter, retryAfterMs = 0, retryWithinMs }: FailureFacts, now: number): void => {
    problem = fault;
    schedule.backOff(now, jitter, retryAfterMs, retryWithinMs);
  };

  const recover = (): void => {
    uselessPages = 0;
    problem = undefined;
    schedule.recovered();
  };

  /** A gap was just seen: mere disorder for a moment, unless it is too wide for that. */
  const awaitGap = (now: number): void => {
    if (highestKnown - cursor > settings.oooMax) schedule.fillGap(now);
    else if (!schedule.awaitsGap && asked === undefined) schedule.fillGap(now + settings.oooGraceMs);
  };

  // ---- judging an answer

  const settleGap = (pageTop: number, now: number): void => {
    const askAgainAt = patience.askAgainAt(cursor, now);
    if (pageTop > cursor + 1) {
      schedule.fillGap(evidence.ripeAt(cursor + 1));
    } else if (askAgainAt !== undefined) {
      schedule.fillGap(askAgainAt);
    } else if (gapEnd() - cursor > FAR_AHEAD) {
      disbelieve();
    } else {
      pass(gapEnd(), 'unresolved');
    }
  };

  /** One corrupt position far ahead must not carry the cursor past all that is still to come. */
  const disbelieve = (): void => {
    highestKnown = cursor;
    held.dropUpTo(Infinity);
  };

  const reachEnd = (answered: Asked, now: number): void => {
    if (answered.startedAt >= finishedAt) finishOff();
    else if (finishedAt !== Infinity) schedule.catchUp(now);
    else schedule.probe(line.reachedEnd(answered.startedAt, now));
  };

  const judge = (answered: Asked, pageTop: number, hasMore: boolean, now: number): void => {
    if (hasMore || (line.isUp && answered.epoch !== line.epoch)) schedule.catchUp(now);
    else if (hasGap()) settleGap(pageTop, now);
    else reachEnd(answered, now);
  };

  /** Items below the position that was asked for, or none that can be placed: no end, and no progress. */
  const judgeUseless = (now: number): void => {
    uselessPages += 1;
    if (uselessPages < USELESS_PAGES_UNTIL_FAILURE) schedule.catchUp(now);
    else retry({ fault: IGNORES_FROM, jitter: 1 }, now);
  };

  /** What is held is let out, what is missing is reported. */
  const conclude = (): void => {
    if (!isLocated) beginAfter(highestKnown);
    while (running && hasGap()) pass(gapEnd(), 'closed');
    if (running) finishOff();
  };

  const finishOff = (): void => {
    over = true;
    asked = undefined;
    wakeAt = Infinity;
    held.dropUpTo(Infinity);
    out.end();
  };

  const state = (): SyncStatus['state'] => {
    if (over) return 'closed';
    if (!running) return 'idle';
    if (line.isLost) return 'stale';
    const isRefused = uselessPages >= USELESS_PAGES_UNTIL_FAILURE;
    if (isRefused || schedule.failures >= FAILURES_UNTIL_DEGRADED) return 'degraded';
    return line.isVerified && !hasGap() ? 'live' : 'catching-up';
  };

  return {
    start: (now) => {
      if (over) return;
      running = true;
      if (isLocated) readSoon(now);
      else schedule.catchUp(now);
      // Not yet: what else there is to know when a run starts may come before.
      wakeAt = now;
    },
    stop: () => {
      running = paused = false;
      asked = undefined;
      lowestLive = finishedAt = wakeAt = Infinity;
      held.dropUpTo(Infinity);
      schedule.clear();
      patience.forget();
      line.forget();
    },
    open: (now) => {
      if (!line.opened(now)) return;
      schedule.cutBackOffShort();
      schedule.catchUp(now);
      plan(now);
    },
    drop: (now) => {
      line.dropped();
      plan(now);
    },
    live: (position, item, at, now) => {
      if (!running || over) return;
      evidence.noteServerTime(at);
      if (!isLocated) lowestLive = Math.min(lowestLive, position);
      if (position <= cursor) takeLate(position, item);
      else if (position === cursor + 1 && isLocated && !paused) takeNext(position, item, now);
      else holdEarly(position, item, now);
    },
    page: (ticket, unordered, { servedAt, strays = 0, askedAt }, now) => {
      const claimed = isLocated ? claimAnswer(ticket, now) : undefined;
      if (claimed === undefined) return;
      const answered = asRead(claimed, askedAt);
      const items = inOrder(unordered);
      const pageTop = items.at(-1)?.position ?? -1;
      if (pageTop < answered.from && items.length + strays > 0) {
        judgeUseless(now);
        plan(now);
        return;
      }
      recover();

      const proven = evidence.provenBy(answered, items);
      evidence.noteServerTime(servedAt);
      for (const { position, item, at } of items) {
        // Whoever left in the middle of it is given nothing more.
        if (!running) return;
        evidence.noteServerTime(at);
        if (position > cursor) held.put(position, item);
        else takeLate(position, item);
      }
      know(pageTop, now);
      const before = cursor;
      drain(proven);
      if (!running) return;
      held.trim(settings.maxHeld);
      // A page that was full to the limit, and yet all known from the line by now, says nothing of the end.
      const isCutOff = items.length >= settings.pageSize && pageTop <= cursor;
      judge(answered, pageTop, cursor > before || isCutOff, now);
      plan(now);
    },
    failed: (ticket, facts, now) => {
      if (claimAnswer(ticket, now) === undefined) return;
      retry(facts, now);
      plan(now);
    },
    truncated: (ticket, before, facts, now) => {
      if (claimAnswer(ticket, now) === undefined) return;
      if (isLocated && before > cursor + 1) {
        pass(Math.min(before, held.lowest) - 1, 'truncated');
      } else {
        retry(facts, now);
      }
      plan(now);
    },
    known: (position, now) => {
      if (!running || over || position <= highestKnown) return;
      know(position, now);
      awaitGap(now);
      plan(now);
    },
    baseline: (ticket, position, now) => {
      if (isLocated || claimAnswer(ticket, now) === undefined) return;
      recover();
      know(position, now);
      beginAfter(position);
      if (!running) return;
      readSoon(now);
      plan(now);
    },
    pause: () => {
      paused = true;
      wakeAt = closeAt;
    },
    resume: (now) => {
      if (!paused) return;
      paused = false;
      patience.forget();
      if (hasGap()) schedule.catchUp(now);
      plan(now);
    },
    finish: (now) => {
      finishedAt = now;
      schedule.catchUp(now);
      plan(now);
    },
    close: (because, now) => {
      if (over || closedBecause !== undefined) return;
      closedBecause = because;
      if (because === 'client-closed') {
        finishOff();
        return;
      }
      // The last items may still be on their way, out of order with the news of the end.
      closeAt = now + settings.oooGraceMs;
      plan(now);
    },
    abort: (fault) => {
      problem = fault;
      over = true;
      wakeAt = Infinity;
      held.dropUpTo(Infinity);
    },
    wake: (now) => {
      if (running && !over && now >= closeAt) conclude();
      else plan(now);
    },
    get wakeAt() {
      return wakeAt;
    },
    get heldCount() {
      return held.size;
    },
    get isLocated() {
      return isLocated;
    },
    get status() {
      return {
        state: state(),
        cursor,
        highestKnown,
        ...(problem && { problem }),
        ...(over && closedBecause && { closedBecause }),
      };
    },
  };
};
