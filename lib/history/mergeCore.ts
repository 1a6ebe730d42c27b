import * as Asking from './asking.js';
import type { Asked, Question } from './asking.js';
import * as Ending from './ending.js';
import * as Evidence from './evidence.js';
import * as Frontier from './frontier.js';
import * as Patience from './gapPatience.js';
import type { HistoryOptions } from './HistoryOptions.js';
import * as Line from './line.js';
import type { MergeCore, MergeOutlet } from './MergeFacts.js';
import { inOrder, type Placed } from './Placed.js';
import * as Schedule from './pullSchedule.js';
import * as SameLog from './sameLog.js';
import type { SyncStatus } from './SyncStatus.js';

/** The numbers of {@link HistoryOptions} that the core lives by. */
export type MergeSettings = Required<Omit<HistoryOptions, 'maxConcurrent' | 'keepAliveMs'>>;

const FAR_AHEAD = 10_000;

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
  const frontier = Frontier.settledUpTo<T>(after === 'now' ? -1 : after, out, () => running);
  const evidence = Evidence.nothingKnown(settings.holeGraceMs);
  const sameLog = SameLog.unseen(settings, out.locate !== undefined);
  const schedule = Schedule.nothingDue(settings.repollMs);
  const patience = Patience.untried(settings);
  const line = Line.closed(settings.confirmProbeMs, out.quietMs ?? (() => settings.idleProbeMs));
  const asking = Asking.notBegun({ out, pageSize: settings.pageSize, schedule, evidence, line });
  const ending = Ending.notYet();
  const cursor = (): number => frontier.cursor;
  const hasGap = (): boolean => Frontier.hasGap(frontier);

  let isLocated = after !== 'now';
  let lowestLive = Infinity;
  let running = false;
  let paused = false;
  let wakeAt = Infinity;

  // ---- what is known

  const know = (position: number, now: number): void => {
    if (!Frontier.know(frontier, position)) return;
    Evidence.know(evidence, position, now);
    SameLog.toldEnd(sameLog, position, cursor(), now);
  };

  const noteTime = (position: number, at: number | undefined): void => {
    if (at === undefined) return;
    Evidence.noteServerTime(evidence, at);
    SameLog.vouch(sameLog, position, at);
  };

  /** What came live while the question was under way was published after the subscription. */
  const beginAfter = (position: number): void => {
    isLocated = true;
    Frontier.beginAfter(frontier, Math.min(position, lowestLive - 1));
    Frontier.emitHeldRun(frontier);
  };

  /** The server's log is another one by now, of which everything up to `position` was seen before. */
  const beginAnewAfter = (position: number): void => {
    Evidence.forget(evidence);
    Patience.forget(patience);
    SameLog.forget(sameLog);
    Frontier.beginAnewAfter(frontier, position);
  };

  // ---- asking

  /** History can be read without a line. But where the line is about to open, one request does for both. */
  const readSoon = (now: number): void => {
    Schedule.catchUp(schedule, line.isUp ? now : now + settings.confirmProbeMs);
  };

  const nextQuestion = (): Question => {
    const doubt = isLocated ? SameLog.question(sameLog) : 'start';
    if (doubt === undefined) return { about: 'next', from: cursor() + 1 };
    if (doubt !== 'past') return { about: doubt, from: -1 };
    return { about: 'past', from: Math.max(0, SameLog.doubted(sameLog) + 1 - settings.pageSize) };
  };

  const plan = (now: number): void => {
    if (!hasGap()) {
      Schedule.gapClosed(schedule);
      Evidence.forget(evidence);
    }
    if (!running || ending.isOver) {
      wakeAt = Infinity;
    } else if (Asking.isUnderWay(asking) || paused || ending.closesAt !== Infinity) {
      wakeAt = ending.closesAt;
    } else {
      // Something was settled since the last request, yet the end has not been seen.
      if (Schedule.isEmpty(schedule)) Schedule.catchUp(schedule, now);
      const question = nextQuestion();
      wakeAt = Schedule.dueAt(schedule, question.from);
      if (wakeAt > now) return;
      wakeAt = Infinity;
      Asking.put(asking, question, cursor(), now);
    }
  };

  /** A gap was just seen: mere disorder for a moment, unless it is too wide for that. */
  const awaitGap = (now: number): void => {
    if (Frontier.gapWidth(frontier) > settings.oooMax) Schedule.fillGap(schedule, now);
    else if (!Schedule.awaitsGap(schedule) && !Asking.isUnderWay(asking))
      Schedule.fillGap(schedule, now + settings.oooGraceMs);
  };

  // ---- what comes live

  /** Something is missing before it, or it may be of another log. */
  const holdEarly = (position: number, item: T, now: number): void => {
    know(position, now);
    if (paused) return;
    Frontier.place(frontier, position, item);
    Frontier.trim(frontier, settings.maxHeld);
    awaitGap(now);
    plan(now);
  };

  /** The item that everything waits for: out at once, whatever request is under way. */
  const closeGap = (position: number, item: T, now: number): void => {
    Frontier.takeNext(frontier, position, item);
    Frontier.emitHeldRun(frontier);
    if (!running) return;
    // What is missing now is another gap, with a moment of its own.
    Schedule.gapClosed(schedule);
    if (hasGap()) awaitGap(now);
    plan(now);
  };

  /** A duplicate, an item that comes too late, or one of a log that began anew. */
  const hearSettled = (position: number, item: T, at: number | undefined, now: number): void => {
    const serverTime = evidence.serverTime;
    // Also where it was passed before: what comes late is as old as what came around it.
    Frontier.place(frontier, position, item);
    if (!SameLog.hear(sameLog, { position, at, cursor: cursor(), serverTime, now })) return;
    Schedule.catchUp(schedule, now);
    plan(now);
  };

  /** Whether what is next may come out: not while it may be of another log. */
  const isFlowing = (): boolean =>
    running && isLocated && !paused && !ending.isOver && SameLog.question(sameLog) !== 'past';

  // ---- judging an answer

  const settleGap = (pageTop: number, now: number): void => {
    const askAgainAt = Patience.askAgainAt(patience, cursor(), now);
    if (pageTop > cursor() + 1) Schedule.fillGap(schedule, Evidence.ripeAt(evidence, cursor() + 1));
    else if (askAgainAt !== undefined) Schedule.fillGap(schedule, askAgainAt);
    // One corrupt position far ahead must not carry the cursor past all that is still to come.
    else if (Frontier.gapEnd(frontier) - cursor() > FAR_AHEAD) Frontier.disbelieve(frontier);
    else Frontier.pass(frontier, Frontier.gapEnd(frontier), 'unresolved');
  };

  const reachEnd = (answered: Asked, now: number): void => {
    if (Ending.sawAll(ending, answered.startedAt)) finishOff();
    else if (Ending.isFinishing(ending)) Schedule.catchUp(schedule, now);
    else Schedule.probe(schedule, Line.reachedEnd(line, answered.startedAt, now));
  };

  const judge = (answered: Asked, pageTop: number, hasMore: boolean, now: number): void => {
    if (hasMore || (line.isUp && answered.epoch !== line.epoch)) Schedule.catchUp(schedule, now);
    else if (hasGap()) settleGap(pageTop, now);
    else reachEnd(answered, now);
  };

  /** Lets out what a page adds, and what it shows not to exist. */
  const takePage = (answered: Asked, items: readonly Placed<T>[], now: number): void => {
    const pageTop = items.at(-1)?.position ?? -1;
    const proven = Evidence.provenBy(evidence, answered, items);
    for (const { position, item, at } of items) {
      // Whoever left in the middle of it is given nothing more.
      if (!running) return;
      if (position > cursor()) noteTime(position, at);
      Frontier.place(frontier, position, item);
    }
    know(pageTop, now);
    const before = cursor();
    Frontier.drain(frontier, proven);
    if (!running) return;
    Frontier.trim(frontier, settings.maxHeld);
    // A page that was full to the limit, and yet all known from the line by now, says nothing of the end.
    const isCutOff = items.length >= settings.pageSize && pageTop <= cursor();
    judge(answered, pageTop, cursor() > before || isCutOff, now);
  };

  /** What was there before is there no more, or it is, and nothing was wrong. */
  const takePast = (answered: Asked, items: readonly Placed<T>[], now: number): void => {
    const settled = SameLog.settledAnew(sameLog, items, answered.from, now);
    if (settled === undefined) {
      know(items.at(-1)?.position ?? -1, now);
      Schedule.catchUp(schedule, now);
      return;
    }
    beginAnewAfter(settled);
    if (running) takePage(answered, items, now);
  };

  // ---- the end

  /** What is held is let out, what is missing is reported. */
  const conclude = (): void => {
    if (!isLocated) beginAfter(frontier.highestKnown);
    while (running && hasGap()) Frontier.pass(frontier, Frontier.gapEnd(frontier), 'closed');
    if (running) finishOff();
  };

  const seal = (): void => {
    Ending.seal(ending);
    Asking.drop(asking);
    wakeAt = Infinity;
    Frontier.dropHeld(frontier);
  };

  const finishOff = (): void => {
    seal();
    out.end();
  };

  const state = (): SyncStatus['state'] => {
    if (ending.isOver) return 'closed';
    if (!running) return 'idle';
    if (Line.isLost(line)) return 'stale';
    if (Asking.isDegraded(asking)) return 'degraded';
    return line.isVerified && !hasGap() ? 'live' : 'catching-up';
  };

  return {
    start: (now) => {
      if (ending.isOver) return;
      running = true;
      if (isLocated) readSoon(now);
      else Schedule.catchUp(schedule, now);
      // Not yet: what else there is to know when a run starts may come before.
      wakeAt = now;
    },
    stop: () => {
      running = paused = false;
      lowestLive = wakeAt = Infinity;
      Asking.drop(asking);
      Frontier.dropHeld(frontier);
      Schedule.clear(schedule);
      Patience.forget(patience);
      SameLog.trust(sameLog);
      Line.forget(line);
      Ending.forget(ending);
    },
    open: (now) => {
      if (!Line.opened(line, now)) return;
      Schedule.cutBackOffShort(schedule);
      Schedule.catchUp(schedule, now);
      plan(now);
    },
    drop: (now) => {
      Line.dropped(line);
      plan(now);
    },
    takeNext: (position, item, at) => {
      if (position !== cursor() + 1 || hasGap() || !isFlowing()) return false;
      if (at !== undefined) noteTime(position, at);
      Frontier.takeNext(frontier, position, item);
      return true;
    },
    live: (position, item, at, now) => {
      if (!running || ending.isOver) return;
      if (!isLocated) lowestLive = Math.min(lowestLive, position);
      if (position <= cursor()) {
        hearSettled(position, item, at, now);
        return;
      }
      noteTime(position, at);
      if (position > cursor() + 1 || !isFlowing()) holdEarly(position, item, now);
      else if (hasGap()) closeGap(position, item, now);
      else Frontier.takeNext(frontier, position, item);
    },
    page: (ticket, unordered, { servedAt, strays = 0, askedAt }, now) => {
      const claimed = Asking.claim(asking, ticket, 'items', now);
      if (claimed === undefined) return;
      const answered = Asking.asRead(asking, claimed, askedAt);
      const items = inOrder(unordered);
      if ((items.at(-1)?.position ?? -1) < answered.from && items.length + strays > 0) {
        Asking.endure(asking, now);
      } else {
        Asking.recover(asking);
        if (answered.about === 'past') takePast(answered, items, now);
        else takePage(answered, items, now);
        Evidence.noteServerTime(evidence, servedAt);
      }
      if (running) plan(now);
    },
    failed: (ticket, facts, now) => {
      const claimed = Asking.claim(asking, ticket, 'failure', now);
      if (claimed === undefined) return;
      if (claimed.about === 'end') SameLog.trust(sameLog);
      if (facts.isOutOfRange === true) SameLog.toldEnd(sameLog, -1, cursor(), now);
      Asking.retry(asking, facts, now);
      plan(now);
    },
    truncated: (ticket, before, facts, now) => {
      if (Asking.claim(asking, ticket, 'failure', now) === undefined) return;
      SameLog.trust(sameLog);
      if (isLocated && before > cursor() + 1) {
        Frontier.pass(frontier, Math.min(before, Frontier.nextHeld(frontier)) - 1, 'truncated');
      } else {
        Asking.retry(asking, facts, now);
      }
      plan(now);
    },
    known: (position, now) => {
      if (!running || ending.isOver || position <= frontier.highestKnown) return;
      know(position, now);
      awaitGap(now);
      plan(now);
    },
    ends: (position, now) => {
      if (!running || ending.isOver || !isLocated) return;
      SameLog.toldEnd(sameLog, position, cursor(), now);
    },
    baseline: (ticket, position, now) => {
      const claimed = Asking.claim(asking, ticket, 'position', now);
      if (claimed === undefined) return;
      Asking.recover(asking);
      if (claimed.about === 'start') {
        know(position, now);
        beginAfter(position);
        if (!running) return;
        readSoon(now);
      } else {
        SameLog.end(sameLog, position, cursor(), now);
        Schedule.catchUp(schedule, now);
      }
      plan(now);
    },
    pause: () => {
      paused = true;
      wakeAt = ending.closesAt;
    },
    resume: (now) => {
      if (!paused) return;
      paused = false;
      Patience.forget(patience);
      if (hasGap()) Schedule.catchUp(schedule, now);
      plan(now);
    },
    finish: (now) => {
      Ending.finish(ending, now);
      Schedule.catchUp(schedule, now);
      plan(now);
    },
    close: (because, now) => {
      // The last items may still be on their way, out of order with the news of the end.
      if (!Ending.close(ending, because, now + settings.oooGraceMs)) return;
      if (because === 'client-closed') finishOff();
      else plan(now);
    },
    abort: (fault) => {
      Asking.giveUp(asking, fault);
      seal();
    },
    wake: (now) => {
      if (running && !ending.isOver && now >= ending.closesAt) conclude();
      else plan(now);
    },
    wakeAt: () => wakeAt,
    heldCount: () => Frontier.heldCount(frontier),
    isLocated: () => isLocated,
    status: () => {
      const problem = asking.problem;
      const closedBecause = ending.isOver ? ending.because : undefined;
      return {
        state: state(),
        cursor: cursor(),
        highestKnown: frontier.highestKnown,
        ...(problem && { problem }),
        ...(closedBecause && { closedBecause }),
      };
    },
  };
};
