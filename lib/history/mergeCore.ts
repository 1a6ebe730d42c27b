import { type Asked, createAsking, type Question } from './asking.js';
import { createEnding } from './ending.js';
import { createEvidence } from './evidence.js';
import { createFrontier } from './frontier.js';
import { createGapPatience } from './gapPatience.js';
import type { HistoryOptions } from './HistoryOptions.js';
import { createLine } from './line.js';
import type { MergeCore, MergeOutlet } from './MergeFacts.js';
import { inOrder, type Placed } from './Placed.js';
import { createPullSchedule } from './pullSchedule.js';
import { createSameLog } from './sameLog.js';
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
  const frontier = createFrontier<T>(after === 'now' ? -1 : after, out, () => running);
  const evidence = createEvidence(settings.holeGraceMs);
  const sameLog = createSameLog(settings, out.locate !== undefined);
  const schedule = createPullSchedule(settings.repollMs);
  const patience = createGapPatience(settings);
  const line = createLine(settings.confirmProbeMs, out.quietMs ?? (() => settings.idleProbeMs));
  const asking = createAsking({ out, pageSize: settings.pageSize, schedule, evidence, line });
  const ending = createEnding();
  const { cursor, hasGap } = frontier;

  let isLocated = after !== 'now';
  let lowestLive = Infinity;
  let running = false;
  let paused = false;
  let wakeAt = Infinity;

  // ---- what is known

  const know = (position: number, now: number): void => {
    if (!frontier.know(position)) return;
    evidence.know(position, now);
    sameLog.toldEnd(position, cursor(), now);
  };

  const noteTime = (position: number, at: number | undefined): void => {
    if (at === undefined) return;
    evidence.noteServerTime(at);
    sameLog.vouch(position, at);
  };

  /** What came live while the question was under way was published after the subscription. */
  const beginAfter = (position: number): void => {
    isLocated = true;
    frontier.beginAfter(Math.min(position, lowestLive - 1));
    frontier.emitHeldRun();
  };

  /** The server's log is another one by now, of which everything up to `position` was seen before. */
  const beginAnewAfter = (position: number): void => {
    evidence.forget();
    patience.forget();
    sameLog.forget();
    frontier.beginAnewAfter(position);
  };

  // ---- asking

  /** History can be read without a line. But where the line is about to open, one request does for both. */
  const readSoon = (now: number): void => {
    schedule.catchUp(line.isUp() ? now : now + settings.confirmProbeMs);
  };

  const nextQuestion = (): Question => {
    const doubt = isLocated ? sameLog.question() : 'start';
    if (doubt === undefined) return { about: 'next', from: cursor() + 1 };
    if (doubt !== 'past') return { about: doubt, from: -1 };
    return { about: 'past', from: Math.max(0, sameLog.doubted() + 1 - settings.pageSize) };
  };

  const plan = (now: number): void => {
    if (!hasGap()) {
      schedule.gapClosed();
      evidence.forget();
    }
    if (!running || ending.isOver()) {
      wakeAt = Infinity;
    } else if (asking.isUnderWay() || paused || ending.closesAt() !== Infinity) {
      wakeAt = ending.closesAt();
    } else {
      // Something was settled since the last request, yet the end has not been seen.
      if (schedule.isEmpty()) schedule.catchUp(now);
      const question = nextQuestion();
      wakeAt = schedule.dueAt(question.from);
      if (wakeAt > now) return;
      wakeAt = Infinity;
      asking.put(question, cursor(), now);
    }
  };

  /** A gap was just seen: mere disorder for a moment, unless it is too wide for that. */
  const awaitGap = (now: number): void => {
    if (frontier.gapWidth() > settings.oooMax) schedule.fillGap(now);
    else if (!schedule.awaitsGap() && !asking.isUnderWay()) schedule.fillGap(now + settings.oooGraceMs);
  };

  // ---- what comes live

  /** Something is missing before it, or it may be of another log. */
  const holdEarly = (position: number, item: T, now: number): void => {
    know(position, now);
    if (paused) return;
    frontier.place(position, item);
    frontier.trim(settings.maxHeld);
    awaitGap(now);
    plan(now);
  };

  /** The item that everything waits for: out at once, whatever request is under way. */
  const closeGap = (position: number, item: T, now: number): void => {
    frontier.takeNext(position, item);
    frontier.emitHeldRun();
    if (!running) return;
    // What is missing now is another gap, with a moment of its own.
    schedule.gapClosed();
    if (hasGap()) awaitGap(now);
    plan(now);
  };

  /** A duplicate, an item that comes too late, or one of a log that began anew. */
  const hearSettled = (position: number, item: T, at: number | undefined, now: number): void => {
    const serverTime = evidence.serverTime();
    // Also where it was passed before: what comes late is as old as what came around it.
    frontier.place(position, item);
    if (!sameLog.hear({ position, at, cursor: cursor(), serverTime, now })) return;
    schedule.catchUp(now);
    plan(now);
  };

  /** Whether what is next may come out: not while it may be of another log. */
  const isFlowing = (): boolean =>
    running && isLocated && !paused && !ending.isOver() && sameLog.question() !== 'past';

  // ---- judging an answer

  const settleGap = (pageTop: number, now: number): void => {
    const askAgainAt = patience.askAgainAt(cursor(), now);
    if (pageTop > cursor() + 1) schedule.fillGap(evidence.ripeAt(cursor() + 1));
    else if (askAgainAt !== undefined) schedule.fillGap(askAgainAt);
    // One corrupt position far ahead must not carry the cursor past all that is still to come.
    else if (frontier.gapEnd() - cursor() > FAR_AHEAD) frontier.disbelieve();
    else frontier.pass(frontier.gapEnd(), 'unresolved');
  };

  const reachEnd = (answered: Asked, now: number): void => {
    if (ending.sawAll(answered.startedAt)) finishOff();
    else if (ending.isFinishing()) schedule.catchUp(now);
    else schedule.probe(line.reachedEnd(answered.startedAt, now));
  };

  const judge = (answered: Asked, pageTop: number, hasMore: boolean, now: number): void => {
    if (hasMore || (line.isUp() && answered.epoch !== line.epoch())) schedule.catchUp(now);
    else if (hasGap()) settleGap(pageTop, now);
    else reachEnd(answered, now);
  };

  /** Lets out what a page adds, and what it shows not to exist. */
  const takePage = (answered: Asked, items: readonly Placed<T>[], now: number): void => {
    const pageTop = items.at(-1)?.position ?? -1;
    const proven = evidence.provenBy(answered, items);
    for (const { position, item, at } of items) {
      // Whoever left in the middle of it is given nothing more.
      if (!running) return;
      if (position > cursor()) noteTime(position, at);
      frontier.place(position, item);
    }
    know(pageTop, now);
    const before = cursor();
    frontier.drain(proven);
    if (!running) return;
    frontier.trim(settings.maxHeld);
    // A page that was full to the limit, and yet all known from the line by now, says nothing of the end.
    const isCutOff = items.length >= settings.pageSize && pageTop <= cursor();
    judge(answered, pageTop, cursor() > before || isCutOff, now);
  };

  /** What was there before is there no more, or it is, and nothing was wrong. */
  const takePast = (answered: Asked, items: readonly Placed<T>[], now: number): void => {
    const settled = sameLog.settledAnew(items, answered.from, now);
    if (settled === undefined) {
      know(items.at(-1)?.position ?? -1, now);
      schedule.catchUp(now);
      return;
    }
    beginAnewAfter(settled);
    if (running) takePage(answered, items, now);
  };

  // ---- the end

  /** What is held is let out, what is missing is reported. */
  const conclude = (): void => {
    if (!isLocated) beginAfter(frontier.highestKnown());
    while (running && hasGap()) frontier.pass(frontier.gapEnd(), 'closed');
    if (running) finishOff();
  };

  const seal = (): void => {
    ending.seal();
    asking.drop();
    wakeAt = Infinity;
    frontier.dropHeld();
  };

  const finishOff = (): void => {
    seal();
    out.end();
  };

  const state = (): SyncStatus['state'] => {
    if (ending.isOver()) return 'closed';
    if (!running) return 'idle';
    if (line.isLost()) return 'stale';
    if (asking.isDegraded()) return 'degraded';
    return line.isVerified() && !hasGap() ? 'live' : 'catching-up';
  };

  return {
    start: (now) => {
      if (ending.isOver()) return;
      running = true;
      if (isLocated) readSoon(now);
      else schedule.catchUp(now);
      // Not yet: what else there is to know when a run starts may come before.
      wakeAt = now;
    },
    stop: () => {
      running = paused = false;
      lowestLive = wakeAt = Infinity;
      asking.drop();
      frontier.dropHeld();
      schedule.clear();
      patience.forget();
      sameLog.trust();
      line.forget();
      ending.forget();
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
    takeNext: (position, item, at) => {
      if (position !== cursor() + 1 || hasGap() || !isFlowing()) return false;
      if (at !== undefined) noteTime(position, at);
      frontier.takeNext(position, item);
      return true;
    },
    live: (position, item, at, now) => {
      if (!running || ending.isOver()) return;
      if (!isLocated) lowestLive = Math.min(lowestLive, position);
      if (position <= cursor()) {
        hearSettled(position, item, at, now);
        return;
      }
      noteTime(position, at);
      if (position > cursor() + 1 || !isFlowing()) holdEarly(position, item, now);
      else if (hasGap()) closeGap(position, item, now);
      else frontier.takeNext(position, item);
    },
    page: (ticket, unordered, { servedAt, strays = 0, askedAt }, now) => {
      const claimed = asking.claim(ticket, 'items', now);
      if (claimed === undefined) return;
      const answered = asking.asRead(claimed, askedAt);
      const items = inOrder(unordered);
      if ((items.at(-1)?.position ?? -1) < answered.from && items.length + strays > 0) {
        asking.endure(now);
      } else {
        asking.recover();
        if (answered.about === 'past') takePast(answered, items, now);
        else takePage(answered, items, now);
        evidence.noteServerTime(servedAt);
      }
      if (running) plan(now);
    },
    failed: (ticket, facts, now) => {
      const claimed = asking.claim(ticket, 'failure', now);
      if (claimed === undefined) return;
      if (claimed.about === 'end') sameLog.trust();
      if (facts.isOutOfRange === true) sameLog.toldEnd(-1, cursor(), now);
      asking.retry(facts, now);
      plan(now);
    },
    truncated: (ticket, before, facts, now) => {
      if (asking.claim(ticket, 'failure', now) === undefined) return;
      sameLog.trust();
      if (isLocated && before > cursor() + 1) {
        frontier.pass(Math.min(before, frontier.nextHeld()) - 1, 'truncated');
      } else {
        asking.retry(facts, now);
      }
      plan(now);
    },
    known: (position, now) => {
      if (!running || ending.isOver() || position <= frontier.highestKnown()) return;
      know(position, now);
      awaitGap(now);
      plan(now);
    },
    ends: (position, now) => {
      if (!running || ending.isOver() || !isLocated) return;
      sameLog.toldEnd(position, cursor(), now);
    },
    baseline: (ticket, position, now) => {
      const claimed = asking.claim(ticket, 'position', now);
      if (claimed === undefined) return;
      asking.recover();
      if (claimed.about === 'start') {
        know(position, now);
        beginAfter(position);
        if (!running) return;
        readSoon(now);
      } else {
        sameLog.end(position, cursor(), now);
        schedule.catchUp(now);
      }
      plan(now);
    },
    pause: () => {
      paused = true;
      wakeAt = ending.closesAt();
    },
    resume: (now) => {
      if (!paused) return;
      paused = false;
      patience.forget();
      if (hasGap()) schedule.catchUp(now);
      plan(now);
    },
    finish: (now) => {
      ending.finish(now);
      schedule.catchUp(now);
      plan(now);
    },
    close: (because, now) => {
      // The last items may still be on their way, out of order with the news of the end.
      if (!ending.close(because, now + settings.oooGraceMs)) return;
      if (because === 'client-closed') finishOff();
      else plan(now);
    },
    abort: (fault) => {
      asking.giveUp(fault);
      seal();
    },
    wake: (now) => {
      if (running && !ending.isOver() && now >= ending.closesAt()) conclude();
      else plan(now);
    },
    wakeAt: () => wakeAt,
    heldCount: frontier.heldCount,
    isLocated: () => isLocated,
    status: () => {
      const problem = asking.problem();
      const closedBecause = ending.isOver() ? ending.because() : undefined;
      return {
        state: state(),
        cursor: cursor(),
        highestKnown: frontier.highestKnown(),
        ...(problem && { problem }),
        ...(closedBecause && { closedBecause }),
      };
    },
  };
};
