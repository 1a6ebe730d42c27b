import { defer, EMPTY, map, type Observable, take, throwIfEmpty } from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import type { Log, LogPage } from './LogSource.js';
import { abort, type Fact, tell } from './logRun.js';
import * as Core from './mergeCore.js';
import { placeAll } from './Placed.js';

// Carries out what a merge asks of history. Every answer is a fact, and so is every failure.

/** Asks where the log ends. */
export const locate = <T>(log: Log<T>, ticket: number): void => {
  const { source, place } = log;
  const ask = (): Observable<number | undefined> => source.locate?.(place) ?? EMPTY;
  request(log, ticket, ask, (position = -1) => (now) => {
    Core.baseline(log, ticket, position, now);
  });
};

/** Asks for a page. */
export const fetch = <T>(log: Log<T>, from: number, limit: number, ticket: number): void => {
  const { source, place } = log;
  const ask = (): Observable<LogPage<T>> => source.fetch(place, from, limit);
  request(log, ticket, ask, ({ items, servedAt, strays = 0, askedAt, endsAt }) => {
    const readable = placeAll(items, source);
    const skipped = strays + items.length - readable.length;
    return (now) => {
      const facts = {
        servedAt,
        strays: skipped,
        endsAt,
        ...(askedAt !== undefined && { askedAt: inOurTime(log, askedAt, now) }),
      };
      Core.page(log, ticket, readable, facts, now);
    };
  });
};

/**
 * The first answer counts; that there is none is a fact as well. It is told when the request has been let go of:
 * what it sets off, the next request for one, finds none under way.
 */
const request = <T, A>(
  log: Log<T>,
  ticket: number,
  ask: () => Observable<A>,
  answer: (value: A) => Fact,
): void => {
  const { run } = log;
  if (run === undefined) return;
  let fact: Fact | undefined;
  const asked = defer(ask)
    .pipe(take(1), throwIfEmpty(), map(answer))
    .subscribe({
      next: (answered) => {
        fact = answered;
      },
      error: (error: unknown) => {
        fact = (now) => {
          fail(log, ticket, error, now);
        };
      },
    });
  run.request = asked;
  if (log.run !== run) asked.unsubscribe();
  // The last of what its end sets off: by now another run may have begun, to which it says nothing.
  asked.add(() => {
    run.request = undefined;
    if (fact !== undefined && log.run === run) tell(log, fact);
  });
};

const fail = <T>(log: Log<T>, ticket: number, error: unknown, now: number): void => {
  const { source, place } = log;
  const verdict = source.judge(place, error, log.highestKnown);
  const facts = { fault: faultOf(error), jitter: source.random() };
  if (verdict === 'stop') abort(log, error);
  else if (verdict === 'retry') Core.failed(log, ticket, facts, now);
  else if ('truncatedBefore' in verdict) Core.truncated(log, ticket, verdict.truncatedBefore, facts, now);
  else if ('isOutOfRange' in verdict) Core.outOfRange(log, ticket, facts, now);
  else if ('closedBecause' in verdict) Core.close(log, verdict.closedBecause, now);
  else Core.failed(log, ticket, { ...facts, ...verdict }, now);
};

/** The same moment by the clock of logs. Where the clock was set back since, there is no telling. */
const inOurTime = <T>({ source }: Log<T>, time: number, now: number): number => {
  const age = source.scheduler.now() - time;
  return age < 0 ? -Infinity : now - age;
};
