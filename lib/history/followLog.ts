import {
  defer,
  distinctUntilChanged,
  EMPTY,
  map,
  Observable,
  share,
  startWith,
  Subject,
  type Subscriber,
  Subscription,
  take,
  throwIfEmpty,
} from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import { createAlarm } from '../stream/alarm.js';
import { trampoline } from '../stream/trampoline.js';
import type { Discontinuity } from './Discontinuity.js';
import type { LogSource } from './LogSource.js';
import { createMergeCore } from './mergeCore.js';
import type { MergedHistory } from './MergedHistory.js';
import { placeAll, positionOf, timeOf } from './Placed.js';
import { steadyClock } from './steadyClock.js';
import { isSameStatus } from './SyncStatus.js';

/** Something to tell the core, at the time when its turn has come. */
type Fact = (now: number) => void;

/**
 * Gives the merge core its feed, its clock, its requests and its consumers.
 *
 * Every fact goes through one trampoline, so the core is never entered twice: what a consumer sets off
 * from inside an emission is a fact of its own, and comes afterwards.
 */
export const followLog = <T>(source: LogSource<T>): MergedHistory<T> => {
  const { scheduler, random, baseline = () => EMPTY, latest, hints$ = EMPTY, demand$ = EMPTY } = source;
  const inTurn = trampoline();
  const clock = steadyClock(scheduler);
  const changes = new Subject<void>();
  const holes = new Subject<{ readonly from: number; readonly to: number }>();
  const discontinuities = new Subject<Discontinuity>();
  const late = new Subject<T>();

  // A log is one run, so these live as long as it does; all that a subscription starts hangs on `ties`.
  let consumer: Subscriber<T> | undefined;
  let ties = new Subscription();
  let keepsUp = true;
  let failure: { readonly error: unknown } | undefined;

  const tell = (fact: Fact): void => {
    const run = ties;
    inTurn(() => {
      // Its consumer may have left while it waited for its turn.
      if (run.closed) return;
      fact(clock());
      alarm.setTo(core.wakeAt);
      if (changes.observed) changes.next();
    });
  };

  const alarm = createAlarm({
    scheduler,
    now: clock,
    ring: () => {
      tell((now) => {
        core.wake(now);
      });
    },
  });

  /** Follows a stream for as long as there is a consumer. If it fails, so does this subscription. */
  const follow = <A>(values$: Observable<A>, next: (value: A) => void, complete?: () => void): void => {
    const error = (failed: unknown): void => {
      tell(() => {
        if (source.outlivesFeed === true) interrupt(failed);
        else abort(failed);
      });
    };
    ties.add(values$.subscribe({ next, error, ...(complete && { complete }) }));
  };

  /** The first answer counts; that there is none is a fact as well. */
  const request = <A>(ticket: number, ask: () => Observable<A>, answer: (value: A) => Fact): void => {
    ties.add(
      defer(ask)
        .pipe(take(1), throwIfEmpty(), map(answer))
        .subscribe({
          next: tell,
          error: (error: unknown) => {
            tell((now) => {
              fail(ticket, error, now);
            });
          },
        }),
    );
  };

  const core = createMergeCore<T>(source.after, source.settings, {
    emit: (item) => consumer?.next(item),
    hole: (from, to) => {
      holes.next({ from, to });
    },
    discontinuity: (range) => {
      discontinuities.next(range);
    },
    late: (item) => {
      late.next(item);
    },
    locate: (ticket) => {
      request(ticket, baseline, (position = -1) => (now) => {
        core.baseline(ticket, position, now);
      });
    },
    fetch: (from, limit, ticket) => {
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
            core.page(ticket, readable, facts, now);
          };
        },
      );
    },
    end: () => {
      closeSides();
      consumer?.complete();
    },
  });

  /** The same moment by the clock of this run. Where the clock was set back since, there is no telling. */
  const inOurTime = (time: number, now: number): number => {
    const age = scheduler.now() - time;
    return age < 0 ? -Infinity : now - age;
  };

  const fail = (ticket: number, error: unknown, now: number): void => {
    const verdict = source.judge(error);
    const facts = { fault: faultOf(error), jitter: random() };
    if (verdict === 'stop') abort(error);
    else if (verdict === 'retry') core.failed(ticket, facts, now);
    else if ('retryAfterMs' in verdict || 'retryWithinMs' in verdict)
      core.failed(ticket, { ...facts, ...verdict }, now);
    else if ('truncatedBefore' in verdict) core.truncated(ticket, verdict.truncatedBefore, facts, now);
    else core.close(verdict.closedBecause, now);
  };

  /** The feed has failed, not the log: whoever subscribes again goes on at the cursor. */
  const interrupt = (error: unknown): void => {
    core.stop();
    ties.unsubscribe();
    changes.next();
    consumer?.error(error);
  };

  const abort = (error: unknown): void => {
    failure = { error };
    core.abort(faultOf(error));
    closeSides();
    consumer?.error(error);
  };

  /** The run is over for good. Its status says so first: whoever sees the end finds `closed`. */
  const closeSides = (): void => {
    changes.next();
    for (const stream of [changes, holes, discontinuities, late]) stream.complete();
  };

  const takeLive = (item: T): void => {
    const position = positionOf(item, source);
    if (position === undefined) return;
    tell((now) => {
      core.live(position, item, timeOf(item, source), now);
    });
  };

  const followLine = (isOpen: boolean): void => {
    tell((now) => {
      if (isOpen) core.open(now);
      else core.drop(now);
    });
    if (isOpen && latest !== undefined && core.isLocated) takeHint(latest);
  };

  const takeHint = (ask: () => Observable<number | undefined>): void => {
    const hint = defer(ask)
      .pipe(take(1))
      .subscribe({
        next: (position = -1) => {
          tell((now) => {
            core.known(position, now);
          });
        },
        // Only a hint: reading history finds the same, later.
        error: () => undefined,
      });
    ties.add(hint);
  };

  const followDemand = (wantsMore: boolean): void => {
    keepsUp = wantsMore;
    // Not in turn: the page that was one too many must not be followed by another.
    if (!wantsMore) core.pause();
    tell((now) => {
      if (keepsUp) core.resume(now);
    });
  };

  const start = (): void => {
    tell(core.start);
    // That is told only after all of this: nothing can fall between the feed and the first request.
    follow(source.live$, takeLive, () => {
      tell(core.finish);
    });
    follow(source.closed$, (because) => {
      // Not in turn: after its end a client hands out nothing, not even the rest of a page.
      if (because === 'client-closed') core.stop();
      tell((now) => {
        core.close(because, now);
      });
    });
    follow(source.connected$.pipe(distinctUntilChanged()), followLine);
    follow(hints$, (position) => {
      tell((now) => {
        if (core.isLocated) core.known(position, now);
      });
    });
    follow(demand$.pipe(distinctUntilChanged()), followDemand);
  };

  const run$ = new Observable<T>((subscriber) => {
    if (failure !== undefined) {
      subscriber.error(failure.error);
    } else if (core.status.state === 'closed') {
      subscriber.complete();
    } else {
      consumer = subscriber;
      ties = new Subscription();
      ties.add(() => {
        alarm.setTo(Infinity);
      });
      subscriber.add(() => {
        // Not in turn: whoever leaves in the middle of a page must not be given the rest of it.
        core.stop();
        ties.unsubscribe();
        changes.next();
      });
      inTurn(start);
    }
  });

  return {
    events$: run$.pipe(share()),
    status$: defer(() =>
      changes.pipe(
        startWith(undefined),
        map(() => core.status),
        distinctUntilChanged(isSameStatus),
      ),
    ),
    discontinuities$: discontinuities.asObservable(),
    holes$: holes.asObservable(),
    late$: late.asObservable(),
  };
};
