import { defer, map, type Observable, type Subscription, take, throwIfEmpty } from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import type { LogSource } from './LogSource.js';
import * as Core from './mergeCore.js';
import type { MergeOutlet } from './MergeOutlet.js';
import type { Merge } from './mergeRecord.js';
import { placeAll } from './Placed.js';

/** Something to tell the core, at the time when its turn has come. */
export type Fact = (now: number) => void;

/** What requests are made for, and whom their answers are told. */
export interface AskHistoryParts<T> {
  readonly merge: () => Merge<T>;
  readonly tell: (fact: Fact) => void;
  /** Ends a request with the run that made it. */
  readonly tie: (request: Subscription) => void;
  /** The log ends with this error. */
  readonly abort: (error: unknown) => void;
}

/** Carries out what the core asks of history. Every answer is a fact, and so is every failure. */
export const askHistory = <T>(
  source: LogSource<T>,
  { merge, tell, tie, abort }: AskHistoryParts<T>,
): Pick<MergeOutlet<T>, 'locate' | 'fetch'> => {
  const { scheduler, random, baseline } = source;

  /**
   * The first answer counts; that there is none is a fact as well. It is told when the request has been let go of:
   * what it sets off, the next request for one, finds none under way.
   */
  const request = <A>(ticket: number, ask: () => Observable<A>, answer: (value: A) => Fact): void => {
    let fact: Fact | undefined;
    const asked = defer(ask)
      .pipe(take(1), throwIfEmpty(), map(answer))
      .subscribe({
        next: (answered) => {
          fact = answered;
        },
        error: (error: unknown) => {
          fact = (now) => {
            fail(ticket, error, now);
          };
        },
      });
    tie(asked);
    // The last of what its end sets off.
    asked.add(() => {
      if (fact !== undefined) tell(fact);
    });
  };

  const fail = (ticket: number, error: unknown, now: number): void => {
    const verdict = source.judge(error);
    const facts = { fault: faultOf(error), jitter: random() };
    if (verdict === 'stop') abort(error);
    else if (verdict === 'retry') Core.failed(merge(), ticket, facts, now);
    else if ('truncatedBefore' in verdict)
      Core.truncated(merge(), ticket, verdict.truncatedBefore, facts, now);
    else if ('closedBecause' in verdict) Core.close(merge(), verdict.closedBecause, now);
    else Core.failed(merge(), ticket, { ...facts, ...verdict }, now);
  };

  /** The same moment by the clock of this run. Where the clock was set back since, there is no telling. */
  const inOurTime = (time: number, now: number): number => {
    const age = scheduler.now() - time;
    return age < 0 ? -Infinity : now - age;
  };

  return {
    ...(baseline && {
      locate: (_, ticket) => {
        request(ticket, baseline, (position = -1) => (now) => {
          Core.baseline(merge(), ticket, position, now);
        });
      },
    }),
    fetch: (_, from, limit, ticket) => {
      request(
        ticket,
        () => source.fetch(from, limit),
        ({ items, servedAt, strays = 0, askedAt }) => {
          const readable = placeAll(items, source);
          const skipped = strays + items.length - readable.length;
          return (now) => {
            const facts = {
              servedAt,
              strays: skipped,
              ...(askedAt !== undefined && { askedAt: inOurTime(askedAt, now) }),
            };
            Core.page(merge(), ticket, readable, facts, now);
          };
        },
      );
    },
  };
};
