import type { Fault } from '../../lib/fault/Fault.js';
import * as OurCore from '../../lib/history/mergeCore.js';
import type { MergeSettings } from '../../lib/history/mergeSettings.js';
import { checkUp } from './checkUp.js';
import { createWitness, type Violation } from './createWitness.js';
import { type Answer, createWorldServer, type Entry } from './createWorldServer.js';
import { createVirtualClock } from './virtualClock.js';
import { createDice, drawFaults, type FaultName, type WorldFaults } from './WorldFaults.js';

/** The functions that make a merge, and tell it what happens. */
export type MergeFunctions = typeof OurCore;

export interface WorldOptions {
  /** Default: the core of this project. */
  readonly core?: MergeFunctions;
  /** Faults to be left out, for smaller worlds. */
  readonly without?: readonly FaultName[];
  /** Faults to be had at a given strength. */
  readonly faults?: Partial<WorldFaults>;
  /** Writes down all that happens. */
  readonly keepsTrace?: boolean;
}

export interface WorldResult {
  readonly faults: WorldFaults;
  readonly violations: readonly Violation[];
  readonly requests: number;
  readonly emitted: number;
  readonly trace: readonly string[];
}

const STORM_MS = 30_000;
/** By then every wait that the storm has caused is over: a hanging request, a backoff. */
const SETTLED_MS = 80_000;
/** As long again for each time that the server has made up a position. */
const DISBELIEF_MS = 31_000;
/** What is held of a log that is no more has so many gaps at most, and one that is new while the first is waited for. */
const MOST_GAPS = 17;
const HANG_MS = 15_000;
const FAILED: Fault = { kind: 'http', message: 'The server failed.' };

const SETTINGS: MergeSettings = {
  pageSize: 10,
  holeGraceMs: 2_000,
  oooGraceMs: 300,
  oooMax: 32,
  repollMs: 400,
  maxGapWaitMs: 30_000,
  confirmProbeMs: 1_500,
  idleProbeMs: 60_000,
  maxHeld: 16,
};

/**
 * One life of a merge: a server that writes, a line that loses, a history that lags and fails, a consumer
 * that comes and goes. Half a minute of storm, then calm, in which everything must have come and what is
 * published must be seen soon. The invariants are checked at each step. The same seed gives the same life.
 */
export const runMergeWorld = (seed: number, options: WorldOptions = {}): WorldResult => {
  const { core: Core = OurCore, without, faults: given, keepsTrace = false } = options;
  const clock = createVirtualClock();
  const faults = { ...drawFaults(seed, without), ...given };
  const trace: string[] = [];
  const dice = createDice(seed, faults, () => clock.now >= STORM_MS);
  const { happens, sizeOf, roll } = dice;

  const after = roll() < 0.5 ? -1 : roll() < 0.5 ? 'now' : Math.floor(roll() * 5);
  const ends = roll() < 0.15 ? 'closed' : roll() < 0.15 ? 'finished' : undefined;
  const settings = { ...SETTINGS, maxHeld: Math.floor(roll() * 3) * 8 };
  const tellsTime = roll() < 0.5;
  const isFast = roll() < 0.5;
  // Whether a log has begun anew can be told by its times only, and not if there is more to confuse it with.
  const isConfusing = !tellsTime || ends !== undefined || faults.truncates > 0 || faults.farAhead > 0;

  const server = createWorldServer(clock, dice, tellsTime);
  let isClosed = false;
  let isFinished = false;
  let owedAtTheEnd = -1;

  const note = (text: string): void => {
    if (keepsTrace) trace.push(`${clock.now.toFixed(0)} ${text}`);
  };

  let ticketUnderWay = 0;
  let isWatched = false;
  let isBehind = false;

  const witness = createWitness(after, settings, {
    now: () => clock.now,
    status: () => Core.status(merge),
    merge: () => merge,
    heldCount: () => Core.heldCount(merge),
    server,
    note,
    serve: (from, limit, ticket) => {
      const askedAt = clock.now - sizeOf('sharedAgeMs');
      request(ticket, from, (at) => server.readPage(from, limit, at), askedAt);
    },
    locate: (ticket) => {
      request(ticket, -1, server.readLatest);
    },
    wasEmitted: () => {
      if (happens('leavesMidway')) leave();
      else if (happens('falls')) fallBehind();
    },
  });
  const merge = Core.atRest(after, settings, witness.outlet);

  // ---- what tells the core

  let armedFor = Infinity;
  const arm = (): void => {
    const wakeAt = merge.wakeAt;
    if (wakeAt === armedFor) return;
    armedFor = wakeAt;
    if (wakeAt === Infinity) return;
    clock.at(wakeAt, () => {
      if (armedFor !== wakeAt || merge.wakeAt !== wakeAt) return;
      armedFor = Infinity;
      tell(() => {
        Core.wake(merge, clock.now);
      });
    });
  };

  const tell = (fact: () => void): void => {
    witness.watch(fact);
    arm();
    if (happens('replays')) {
      witness.watchNothingHappen('P22 replay', () => {
        if (line.isUp && isWatched) Core.open(merge, clock.now);
        if (!line.isUp) Core.drop(merge, clock.now);
        Core.known(merge, witness.settled, clock.now);
      });
    }
  };

  // ---- the consumer

  const enter = (): void => {
    if (isWatched || witness.hasEnded) return;
    isWatched = true;
    note('enters');
    witness.begun();
    if (isFinished) witness.finishing();
    tell(() => {
      Core.start(merge, clock.now);
      if (isClosed) Core.close(merge, 'deleted', clock.now);
      if (isFinished) Core.finish(merge, clock.now);
      if (line.isUp) openFor();
      Core.wake(merge, clock.now);
    });
  };

  const leave = (): void => {
    if (!isWatched || witness.hasEnded) return;
    isWatched = isBehind = false;
    ticketUnderWay = 0;
    note('leaves');
    Core.stop(merge);
    witness.left();
    const back = clock.now + 1 + roll() * 3_000;
    clock.at(Math.min(back, STORM_MS), enter);
    arm();
  };

  const fallBehind = (): void => {
    if (isBehind || !isWatched) return;
    isBehind = true;
    note('falls behind');
    Core.pause(merge);
    witness.fellBehind(true);
    if (clock.now < STORM_MS) clock.at(Math.min(clock.now + roll() * 3_000, STORM_MS), catchUp);
  };

  const catchUp = (): void => {
    if (!isBehind || !isWatched) return;
    isBehind = false;
    note('catches up');
    witness.fellBehind(false);
    tell(() => {
      Core.resume(merge, clock.now);
    });
  };

  // ---- history

  const request = (ticket: number, from: number, read: (at: number) => Answer, askedAt = clock.now): void => {
    ticketUnderWay = ticket;
    const startedAt = clock.now;
    const { life } = server;
    const hangs = happens('requestHangs');
    const fails = isClosed || hangs || happens('requestFails');
    const latency = hangs ? HANG_MS : 5 + sizeOf('requestLatencyMs');
    const answeredAt = startedAt + latency;
    // A request that somebody else had sent may have been read by now.
    const readAt = askedAt + (answeredAt - askedAt) * roll();
    clock.at(Math.max(startedAt, readAt), () => {
      const answer = read(readAt);
      const strays = happens('strangers') ? 2 : 0;
      clock.at(answeredAt, () => {
        const isStale = ticket !== ticketUnderWay || !isWatched;
        // A caller gives up what it no longer asks for. Where it does not, nothing may come of it.
        if (witness.hasEnded || (isStale && !happens('staleAnswers'))) return;
        // Whoever was asked before is no more.
        const respond =
          fails || life !== server.life
            ? failure(ticket, isStale)
            : success({ ticket, from, answer, strays, askedAt, isStale });
        if (isStale) witness.watchNothingHappen('P14 generation', respond);
        else tell(respond);
      });
    });
  };

  const failure = (ticket: number, isStale: boolean) => (): void => {
    const jitter = roll();
    const retryAfterMs = sizeOf('retryAfterMs');
    note(`failure #${ticket}, retry after ${retryAfterMs.toFixed(0)}`);
    if (!isStale) witness.failed(jitter, retryAfterMs);
    Core.failed(merge, ticket, { fault: FAILED, jitter, retryAfterMs }, clock.now);
  };

  interface Reply {
    readonly ticket: number;
    readonly from: number;
    readonly answer: Answer;
    readonly strays: number;
    readonly askedAt: number;
    readonly isStale: boolean;
  }

  const success =
    ({ ticket, from, answer, strays, askedAt, isStale }: Reply) =>
    (): void => {
      if (keepsTrace) note(`${JSON.stringify(answer)} #${ticket}`);
      if ('truncated' in answer) {
        if (!isStale) witness.wasPutOff();
        Core.truncated(merge, ticket, answer.truncated, { fault: FAILED, jitter: roll() }, clock.now);
      } else if ('latest' in answer) {
        if (!isStale) witness.answered(askedAt);
        Core.baseline(merge, ticket, answer.latest, clock.now);
      } else {
        const pageTop = Math.max(-1, ...answer.page);
        if (!isStale) witness.known(pageTop);
        // Items that were not asked for are no answer.
        const isUseless = pageTop < from && answer.page.length + strays > 0;
        if (!isStale && isUseless) witness.wasPutOff();
        else if (!isStale) witness.answered(askedAt);
        // Stamped when it is sent, which may be long after it was read.
        const facts = { servedAt: server.stamp(), strays, askedAt, endsAt: answer.endsAt };
        Core.page(merge, ticket, answer.page.map(server.place), facts, clock.now);
      }
    };

  // ---- the line

  const line = { isUp: false, opening: 0, pushesFrom: Infinity };

  const openFor = (): void => {
    witness.opened();
    if (happens('hints')) {
      clock.at(clock.now + sizeOf('requestLatencyMs'), () => {
        if (!isWatched || witness.hasEnded) return;
        const { latest } = server.readLatest();
        note(`hint ${latest}`);
        witness.known(latest);
        tell(() => {
          Core.known(merge, latest, clock.now);
          Core.ends(merge, latest, clock.now);
        });
      });
    }
    Core.open(merge, clock.now);
  };

  const open = (deliversAfterMs: number): void => {
    if (line.isUp) return;
    line.isUp = true;
    line.opening += 1;
    line.pushesFrom = clock.now + deliversAfterMs;
    note('open');
    if (isWatched && !witness.hasEnded) tell(openFor);
  };

  const drop = (): void => {
    if (!line.isUp) return;
    line.isUp = false;
    note('drop');
    if (!isWatched || witness.hasEnded) return;
    witness.dropped();
    tell(() => {
      Core.drop(merge, clock.now);
    });
  };

  const openInStorm = (): void => {
    open(sizeOf('pushStartsAfterOpenMs'));
    if (faults.drops > 0 && clock.now < STORM_MS) {
      clock.at(clock.now + roll() * (8_000 / faults.drops), dropInStorm);
    }
  };

  const dropInStorm = (): void => {
    if (clock.now >= STORM_MS) return;
    drop();
    clock.at(Math.min(clock.now + roll() * 4_000, STORM_MS), openInStorm);
  };

  const deliver = (id: number, opening = line.opening): void => {
    if (isFinished || !line.isUp || line.opening !== opening || !isWatched || witness.hasEnded) return;
    note(`live ${id}`);
    witness.cameLive(id);
    if (server.has(id)) witness.known(id);
    const mustWait =
      isBehind || witness.isOfAnotherLog || witness.start === undefined || id !== witness.settled + 1;
    tell(() => {
      const { item, at } = server.place(id);
      if (!isFast || !Core.takeNext(merge, id, item, at)) Core.live(merge, id, item, at, clock.now);
    });
    if (!mustWait && witness.settled < id) witness.violate('P10 no starvation', `${id} had to wait`);
  };

  const push = ({ id }: Entry): void => {
    if (!line.isUp || clock.now < line.pushesFrom || happens('pushLost')) return;
    const { opening } = line;
    const times = happens('pushTwice') ? 2 : 1;
    for (let time = 1; time <= times; time += 1) {
      const delay = time + sizeOf('pushDelayMs') + (time > 1 ? sizeOf('copyDelayMs') : 0);
      clock.at(clock.now + delay, () => {
        deliver(id, opening);
      });
    }
    if (happens('farAhead')) deliver(server.invent());
  };

  const publish = ({ pushes } = { pushes: true }): number => {
    const entry = server.publish();
    if (pushes) push(entry);
    return entry.id;
  };

  const write = (): void => {
    if (isClosed || isFinished || clock.now >= STORM_MS) return;
    const count = happens('burst') ? 20 : 1;
    for (let index = 0; index < count; index += 1) publish();
    clock.at(clock.now + roll() * 1_500, write);
  };

  const close = (): void => {
    isClosed = true;
    note('closes');
    witness.closing();
    if (!isWatched || witness.hasEnded) return;
    tell(() => {
      Core.close(merge, 'deleted', clock.now);
    });
  };

  /** A server that comes back without its last events, or without any, behind another line. */
  const restart = (): void => {
    const lost = roll() < 0.5 ? server.last + 1 : Math.floor(roll() * 5);
    drop();
    server.restart(Math.max(-1, server.last - lost));
    note(`restarts after ${server.last}`);
    clock.at(Math.min(clock.now + roll() * 4_000, STORM_MS), () => {
      open(sizeOf('pushStartsAfterOpenMs'));
    });
  };

  const finish = (): void => {
    // The last word, which nobody hears.
    publish({ pushes: false });
    isFinished = true;
    owedAtTheEnd = server.lastShown();
    note('finishes');
    if (!isWatched) return;
    witness.finishing();
    tell(() => {
      Core.finish(merge, clock.now);
    });
  };

  // ---- the calm

  const runUntil = (time: number): void => {
    while (witness.violations.length === 0 && clock.step(time));
    clock.at(time, () => undefined);
    while (witness.violations.length === 0 && clock.step(time));
  };
  const demand = (isTrue: boolean, invariant: string, text: () => string): void => {
    if (witness.violations.length === 0 && !isTrue) witness.violate(invariant, text());
  };

  // Whoever begins after a position has seen it. Where times tell that the log has not come that far, it is another one.
  const seenBefore = tellsTime && after !== 'now' ? after + 1 : 0;
  const count = Math.max(roll() * 40, seenBefore);
  for (let index = 0; index < count; index += 1) publish();
  clock.at(0, enter);
  clock.at(roll() * 2_000, openInStorm);
  clock.at(roll() * 1_000, write);
  for (let left = faults.leaves * 100; left > 0; left -= 2) clock.at(roll() * STORM_MS, leave);
  for (let fallen = faults.falls * 100; fallen > 0; fallen -= 2) clock.at(roll() * STORM_MS, fallBehind);
  if (faults.truncates > 0) {
    clock.at(roll() * STORM_MS, () => {
      server.truncate(Math.floor(roll() * (server.last + 2)));
    });
  }
  if (ends !== undefined) clock.at(roll() * STORM_MS, ends === 'closed' ? close : finish);
  if (faults.restarts > 0 && !isConfusing) clock.at(roll() * STORM_MS, restart);
  runUntil(STORM_MS + SETTLED_MS + server.invented * DISBELIEF_MS);

  if (ends !== undefined) {
    demand(witness.hasEnded, 'P19 terminal', () => 'never ended');
    runUntil(clock.now + 60_000);
  }
  if (ends === 'finished') {
    demand(witness.settled >= owedAtTheEnd, 'P3 complete', () => `${witness.settled} of ${owedAtTheEnd}`);
  }
  const canNotice = server.last < witness.highestEmitted && !witness.isOvertaken;
  if (witness.isOfAnotherLog && canNotice) {
    // An item from before the run is no sign while something of the old log is missing: gap after gap is passed first.
    const isMissingOne = (): boolean => merge.highestKnown > merge.cursor && server.last < merge.begunAfter;
    for (let gap = 0; gap < MOST_GAPS && isMissingOne(); gap += 1)
      runUntil(clock.now + settings.maxGapWaitMs);
    publish();
    runUntil(clock.now + 10_000);
    demand(!witness.isOfAnotherLog, 'P23 same log', () => 'nobody said that the log began anew');
  }
  if (ends === undefined && !witness.isOfAnotherLog) {
    const { start = Infinity, settled, emittedHere: emitted } = witness;
    const owed = server.countAbove(start);
    demand(settled >= server.last, 'P3 complete', () => `${settled} of ${server.last}`);
    demand(emitted >= owed, 'P3 complete', () => `${emitted} of ${owed} events`);
    checkUp({
      get requests() {
        return witness.requests;
      },
      hasRoom: settings.maxHeld > 0,
      get isLive() {
        return Core.status(merge).state === 'live';
      },
      get last() {
        return server.last;
      },
      get settled() {
        return witness.settled;
      },
      publish,
      deliver,
      open,
      drop,
      fallBehind,
      catchUp,
      runFor: (ms) => {
        runUntil(clock.now + ms);
      },
      demand: (isTrue, invariant, text) => {
        demand(isTrue, invariant, () => text);
      },
    });
  }

  const { violations, requests, emitted } = witness;
  return { faults, violations, requests, emitted, trace };
};
