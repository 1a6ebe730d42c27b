import type { MergeSettings } from '../../lib/history/mergeSettings.js';
import type { SyncStatus } from '../../lib/history/SyncStatus.js';
import type { MergeOutlet } from '../../lib/history/MergeOutlet.js';
import type { Merge } from '../../lib/history/mergeRecord.js';

import { idOf, lifeOf, type WorldServer } from './createWorldServer.js';

export interface Violation {
  readonly invariant: string;
  readonly at: number;
  readonly text: string;
}

/** What a witness can look up in its world. */
export interface WitnessedWorld {
  readonly now: () => number;
  readonly merge: () => Pick<Merge<number>, 'wakeAt' | 'isLocated'>;
  readonly status: () => SyncStatus;
  readonly heldCount: () => number;
  readonly server: Pick<WorldServer, 'exists' | 'firstBetween' | 'truncatedBefore' | 'life'>;
  readonly note: (text: string) => void;
  /** Carries requests out. */
  readonly serve: (from: number, limit: number, ticket: number) => void;
  readonly locate: (ticket: number) => void;
  /** Something was emitted; whoever reads it may leave or fall behind now. */
  readonly wasEmitted: () => void;
}

/** Sees all that a core says and is told, and holds it against the invariants. */
export interface Witness {
  readonly outlet: MergeOutlet<number>;
  readonly violations: readonly Violation[];
  readonly emitted: number;
  /** How many since the log began, for the last time. */
  readonly emittedHere: number;
  /** Whether the server's log began anew, and nobody said so. */
  readonly isOfAnotherLog: boolean;
  /** Nobody can say so: the new log has grown beyond all that was seen of the old one. */
  readonly isOvertaken: boolean;
  /** The highest position that was let out, of this life. */
  readonly highestEmitted: number;
  readonly requests: number;
  /** Everything up to here was emitted, or reported as a range. */
  readonly settled: number;
  /** Where the log began, once that is known. */
  readonly start: number | undefined;
  readonly hasEnded: boolean;
  violate(invariant: string, text: string): void;
  /** Tells the core a fact, and looks at it before and after. */
  watch(fact: () => void): void;
  /** As `watch`, for a fact that must change nothing. */
  watchNothingHappen(invariant: string, fact: () => void): void;
  begun(): void;
  left(): void;
  fellBehind(isBehind: boolean): void;
  opened(): void;
  dropped(): void;
  cameLive(id: number): void;
  /** Something here is known to exist from now on. */
  known(id: number): void;
  /** A page came, to a request that started then. */
  answered(startedAt: number): void;
  /** An answer came that is neither a page nor a failure. */
  wasPutOff(): void;
  failed(jitter: number, retryAfterMs: number): void;
  closing(): void;
  finishing(): void;
}

const LONGEST_BACK_OFF_MS = 30_000;
const FAILURES_UNTIL_DEGRADED = 3;
const MOST_REQUESTS_AT_ONCE = 10;

export const createWitness = (
  after: number | 'now',
  settings: MergeSettings,
  world: WitnessedWorld,
): Witness => {
  const violations: Violation[] = [];
  let start = after === 'now' ? undefined : after;
  let settled = after === 'now' ? -1 : after;
  let lowestLive = Infinity;
  let highestKnown = -1;
  let settledAtAnswer = Infinity;
  let hasBeenLive = false;
  let emitted = 0;
  let emittedHere = 0;
  let highestEmitted = -1;
  let life = world.server.life;
  let settledBefore = -1;
  let isOvertaken = false;
  let hasHeardSettled = false;
  let requests = 0;
  let isRunning = false;
  let isBehind = false;
  let isClosing = false;
  let isFinishing = false;
  let hasEnded = false;
  let isAsked = false;

  let isUp = false;
  let wasUp = false;
  let openedAt = Infinity;
  let verifiedBy = -Infinity;

  let lastFrom = NaN;
  let lastContactAt = -Infinity;
  let lastAskedAt = -Infinity;
  let requestsNow = 0;
  let failures = 0;
  let backedOffUntil = -Infinity;
  let retryAfterUntil = -Infinity;

  const violate = (invariant: string, text: string): void => {
    violations.push({ invariant, at: world.now(), text });
  };

  const speak = (word: string): void => {
    world.note(word);
    if (!isRunning) violate('P15 silence', `${word} without a consumer`);
    if (hasEnded) violate('P19 terminal', `${word} after the end`);
  };

  const beginAfter = (position: number): void => {
    settled = start = position;
    if (position >= lowestLive)
      violate('P3 complete', `begun after ${position}, but ${lowestLive} came live`);
  };

  const isOfAnotherLog = (): boolean => world.server.life !== life;

  const begunAnew = (from: number, to: number): void => {
    speak(`reset ${from}..${to}`);
    if (!isOfAnotherLog()) violate('P23 same log', `${from}..${to} is there as it was`);
    if (from > to || to !== settled) violate('P5 coverage', `reset ${from}..${to} at ${settled}`);
    settledBefore = settled;
    settled = start = highestKnown = from - 1;
    life = world.server.life;
    emittedHere = 0;
    isOvertaken = false;
  };

  const settle = (word: string, from: number, to: number): void => {
    speak(`${word} ${from}..${to}`);
    // A log that ends before it knows where it began, began with what came live.
    if (start === undefined) beginAfter(Math.min(from, lowestLive) - 1);
    if (from !== settled + 1 || to < from) violate('P5 coverage', `${word} ${from}..${to} after ${settled}`);
    settled = to;
  };

  const ask = (from: number): void => {
    requests += 1;
    requestsNow = world.now() === lastAskedAt ? requestsNow + 1 : 1;
    lastAskedAt = world.now();
    if (requestsNow > MOST_REQUESTS_AT_ONCE) violate('P13 rate', `${requestsNow} requests in no time`);
    if (isAsked) violate('P8 single flight', `asked for ${from} while a request is under way`);
    if (isBehind) violate('P9 slow consumer', `asked for ${from} while the consumer is behind`);
    if (isClosing) violate('P19 terminal', `asked for ${from} while closing`);
    if (from === lastFrom && settings.repollMs - (world.now() - lastContactAt) > 1e-6) {
      violate('P13 pause', `asked again for ${from} after ${world.now() - lastContactAt} ms`);
    }
    if (Math.max(backedOffUntil, retryAfterUntil) - world.now() > 1e-6) {
      violate('P13 backoff', `asked ${Math.max(backedOffUntil, retryAfterUntil) - world.now()} ms too early`);
    }
    isAsked = true;
    lastFrom = from;
    lastContactAt = world.now();
  };

  const outlet: MergeOutlet<number> = {
    emit: (_, item) => {
      const id = idOf(item);
      if (lifeOf(item) > life) isOvertaken = true;
      if (lifeOf(item) < life && id <= settledBefore) violate('P2 once', `${id}, which came before`);
      if (id <= settled) violate('P1 order', `${id} after ${settled}`);
      settle('emit', id, id);
      emitted += 1;
      emittedHere += 1;
      highestEmitted = id;
      // What is held when the server begins anew is still let out.
      if (lifeOf(item) === world.server.life && !world.server.exists(item))
        violate('P2 invented', `${id} does not exist`);
      world.wasEmitted();
    },
    hole: (_, from, to) => {
      settle('hole', from, to);
      const lost = isOfAnotherLog() ? undefined : world.server.firstBetween(from, to);
      if (lost !== undefined) violate('P4 false hole', `${lost} exists`);
    },
    discontinuity: (_, { from, to, reason }) => {
      if (reason === 'reset') {
        begunAnew(from, to);
        return;
      }
      settle(reason, from, to);
      const isDue =
        (reason === 'truncated' && to < world.server.truncatedBefore) || (reason === 'closed' && isClosing);
      const lost = isOfAnotherLog() ? undefined : world.server.firstBetween(from, to);
      if (!isDue && lost !== undefined) violate('P3 complete', `${lost} exists, and is durable`);
      if (!isDue && reason !== 'unresolved') violate('P5 coverage', `${from}..${to} is not ${reason}`);
    },
    late: (_, item) => {
      const id = idOf(item);
      speak(`late ${id}`);
      // What was truncated may still come by the line.
      if (id >= world.server.truncatedBefore && !isOfAnotherLog())
        violate('P4 false hole', `${id} came late`);
    },
    locate: (_, ticket) => {
      speak(`locate #${ticket}`);
      if (start !== undefined && !hasHeardSettled) violate('P7 resume', 'asked where the log ends');
      ask(-1);
      world.locate(ticket);
    },
    fetch: (_, from, limit, ticket) => {
      speak(`ask ${from} #${ticket}`);
      const isLookingBack = isOfAnotherLog() && from <= world.status().cursor;
      if (from !== world.status().cursor + 1 && !isLookingBack) {
        violate('P7 resume', `asked for ${from} at ${world.status().cursor}`);
      }
      ask(from);
      world.serve(from, limit, ticket);
    },
    end: () => {
      speak('end');
      hasEnded = true;
      if (!isClosing && !isFinishing) violate('P19 terminal', 'ended by itself');
      const isOwed = settled < highestKnown && start !== undefined;
      if (isOwed) violate('P5 coverage', `ended at ${settled}, but ${highestKnown} is known`);
    },
  };

  const checkState = (): void => {
    const { state, cursor } = world.status();
    const hasRead = settled > settledAtAnswer;
    settledAtAnswer = Infinity;
    if (hasEnded || !isRunning) {
      if (state !== (hasEnded ? 'closed' : 'idle')) violate('P15 silence', `${state} though nobody is there`);
      return;
    }
    if (start !== undefined && cursor !== settled) violate('P6 cursor', `${cursor}, but settled ${settled}`);
    const isTrue = isUp && cursor >= highestKnown && verifiedBy >= openedAt && (hasBeenLive || !hasRead);
    if (state === 'live' && !isTrue) violate('P11 live is true', `up ${isUp}, ${cursor} of ${highestKnown}`);
    hasBeenLive ||= state === 'live';
    if ((state === 'stale') !== (wasUp && !isUp)) violate('P11 live is true', `${state} while up is ${isUp}`);
    if (failures >= FAILURES_UNTIL_DEGRADED && state !== 'stale' && state !== 'degraded') {
      violate('P11 live is true', `${state} after ${failures} failures`);
    }
  };

  const checkSilence = (): void => {
    const wakeAt = world.merge().wakeAt;
    const heldCount = world.heldCount();
    if (Number.isNaN(wakeAt) || wakeAt <= world.now()) violate('P13 pause', `wants to be woken at ${wakeAt}`);
    if (heldCount > (isRunning ? settings.maxHeld : 0)) violate('P9 bounded', `${heldCount} items held`);
    if (wakeAt !== Infinity && (!isRunning || hasEnded)) violate('P15 silence', `a timer at ${wakeAt}`);
  };

  const locatedBy = (): void => {
    if (start === undefined && world.merge().isLocated) beginAfter(world.status().cursor);
  };

  const watch = (fact: () => void): void => {
    fact();
    locatedBy();
    checkState();
    checkSilence();
  };

  return {
    outlet,
    violations,
    get emitted() {
      return emitted;
    },
    get emittedHere() {
      return emittedHere;
    },
    get isOfAnotherLog() {
      return isOfAnotherLog();
    },
    get isOvertaken() {
      return isOvertaken;
    },
    get highestEmitted() {
      return highestEmitted;
    },
    get requests() {
      return requests;
    },
    get settled() {
      return settled;
    },
    get start() {
      return start;
    },
    get hasEnded() {
      return hasEnded;
    },
    violate,
    watch,
    watchNothingHappen: (invariant, fact) => {
      const before = JSON.stringify([world.status(), world.merge().wakeAt, emitted, requests]);
      watch(fact);
      const then = JSON.stringify([world.status(), world.merge().wakeAt, emitted, requests]);
      if (then !== before) violate(invariant, `${before} became ${then}`);
    },
    begun: () => {
      isRunning = true;
      if (start === undefined) lowestLive = Infinity;
    },
    left: () => {
      isRunning = isBehind = isUp = wasUp = isAsked = isFinishing = false;
    },
    fellBehind: (now) => {
      isBehind = now;
    },
    opened: () => {
      isUp = wasUp = true;
      hasBeenLive = false;
      openedAt = world.now();
      backedOffUntil = -Infinity;
    },
    dropped: () => {
      isUp = false;
    },
    cameLive: (id) => {
      lowestLive = Math.min(lowestLive, id);
      hasHeardSettled ||= id <= settled;
    },
    known: (id) => {
      highestKnown = Math.max(highestKnown, id);
    },
    answered: (startedAt) => {
      isAsked = false;
      lastContactAt = world.now();
      settledAtAnswer = settled;
      verifiedBy = Math.max(verifiedBy, startedAt);
      failures = 0;
      backedOffUntil = retryAfterUntil = -Infinity;
    },
    wasPutOff: () => {
      isAsked = false;
      lastContactAt = world.now();
    },
    failed: (jitter, retryAfterMs) => {
      isAsked = false;
      lastContactAt = world.now();
      backedOffUntil = world.now() + jitter * Math.min(LONGEST_BACK_OFF_MS, 500 * 2 ** failures);
      if (retryAfterMs > 0) retryAfterUntil = world.now() + retryAfterMs;
      failures += 1;
    },
    closing: () => {
      isClosing = true;
    },
    finishing: () => {
      isFinishing = true;
    },
  };
};
