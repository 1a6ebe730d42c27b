import {
  defer,
  distinctUntilChanged,
  EMPTY,
  map,
  type Observable,
  startWith,
  Subject,
  Subscription,
  take,
  throwError,
} from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import { createAlarm } from '../stream/alarm.js';
import { createOutlet } from '../stream/createOutlet.js';
import { trampoline } from '../stream/trampoline.js';
import { askHistory, type Fact } from './askHistory.js';
import type { Discontinuity } from './Discontinuity.js';
import type { LogSource } from './LogSource.js';
import * as Core from './mergeCore.js';
import type { Merge } from './mergeRecord.js';
import type { MergedHistory } from './MergedHistory.js';
import type { MergeOutlet } from './MergeOutlet.js';
import { positionOf, timeOf } from './Placed.js';
import { steadyClock } from './steadyClock.js';
import { isSameStatus } from './SyncStatus.js';

/**
 * Gives the merge core its feed, its clock, its requests and its consumers.
 *
 * Every fact goes through one trampoline, so the core is never entered twice: what a consumer sets off
 * from inside an emission is a fact of its own, and comes afterwards.
 */
export const followLog = <T>(source: LogSource<T>): MergedHistory<T> => {
  const { scheduler, latest, hints$ = EMPTY, demand$ = EMPTY, quietMs } = source;
  const inTurn = trampoline();
  const clock = steadyClock(scheduler);

  // A log is one run, so these live as long as it does; all that a subscription starts hangs on `ties`.
  let ties = new Subscription();
  let keepsUp = true;
  // Most logs are followed for their events alone.
  let sides: Sides<T> | undefined;
  let failure: { readonly error: unknown } | undefined;

  const events = createOutlet<T>({
    wanted: () => {
      ties = new Subscription();
      ties.add(() => {
        alarm.setTo(Infinity);
      });
      inTurn(start);
    },
    // Not in turn: whoever leaves in the middle of a page must not be given the rest of it.
    unwanted: () => {
      release();
    },
  });

  const tell = (fact: Fact): void => {
    const run = ties;
    inTurn(() => {
      // Its consumer may have left while it waited for its turn.
      if (run.closed) return;
      fact(clock());
      settle();
    });
  };

  const settle = (): void => {
    alarm.setTo(merge.wakeAt);
    noteChange();
  };

  const noteChange = (): void => {
    if (sides?.changes.observed === true) sides.changes.next();
  };

  const alarm = createAlarm({
    scheduler,
    now: clock,
    ring: () => {
      tell((now) => {
        Core.wake(merge, now);
      });
    },
  });

  /** Follows a stream for as long as there is a consumer. If it fails, so does this subscription. */
  const follow = <A>(values$: Observable<A>, next: (value: A) => void, complete = nothing): void => {
    ties.add(values$.subscribe({ next, error, complete }));
  };

  const error = (failed: unknown): void => {
    tell(() => {
      if (source.outlivesFeed === true) interrupt(failed);
      else abort(failed);
    });
  };

  const out: MergeOutlet<T> = {
    emit: (_, item) => {
      events.next(item);
    },
    hole: (_, from, to) => {
      sides?.holes.next({ from, to });
    },
    discontinuity: (_, range) => {
      sides?.discontinuities.next(range);
    },
    late: (_, item) => {
      sides?.late.next(item);
    },
    end: () => {
      closeSides();
      release();
      events.complete();
    },
    ...(quietMs && { quietMs: () => quietMs() }),
    ...askHistory(source, {
      merge: () => merge,
      tell,
      tie: (request) => {
        ties.add(request);
      },
      abort: (error) => {
        abort(error);
      },
    }),
  };
  const merge: Merge<T> = Core.atRest(source.after, source.settings, out, undefined);

  /** Nobody is there any more. What is under way ends, the cursor stays. */
  const release = (): void => {
    Core.stop(merge);
    ties.unsubscribe();
    noteChange();
  };

  /** The feed has failed, not the log: whoever subscribes again goes on at the cursor. */
  const interrupt = (error: unknown): void => {
    release();
    events.error(error);
  };

  const abort = (error: unknown): void => {
    failure = { error };
    Core.abort(merge, faultOf(error));
    closeSides();
    release();
    events.error(error);
  };

  /** The run is over for good. Its status says so first: whoever sees the end finds `closed`. */
  const closeSides = (): void => {
    if (sides === undefined) return;
    const { changes, holes, discontinuities, late } = sides;
    changes.next();
    for (const stream of [changes, holes, discontinuities, late]) stream.complete();
  };

  const side = <A>(pick: (open: Sides<T>) => Observable<A>): Observable<A> =>
    defer(() => (Core.status(merge).state === 'closed' ? EMPTY : pick((sides ??= openSides()))));

  const followFeed = (): void => {
    const run = ties;

    const take = inTurn.each((item: T) => {
      if (run.closed) return;
      const position = positionOf(item, source);
      if (position === undefined) return;
      const at = source.timeOf && timeOf(item, source);
      if (Core.takeNext(merge, position, item, at)) {
        noteChange();
      } else {
        Core.live(merge, position, item, at, clock());
        settle();
      }
    });

    follow(source.live$, take, () => {
      tell((now) => {
        Core.finish(merge, now);
      });
    });
  };

  const followLine = (isOpen: boolean): void => {
    tell((now) => {
      if (isOpen) Core.open(merge, now);
      else Core.drop(merge, now);
    });
    if (isOpen && latest !== undefined && merge.isLocated) takeHint(latest);
  };

  const takeHint = (ask: () => Observable<number | undefined>): void => {
    const hint = defer(ask)
      .pipe(take(1))
      .subscribe({
        next: (position = -1) => {
          tell((now) => {
            Core.known(merge, position, now);
            Core.ends(merge, position, now);
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
    if (!wantsMore) Core.pause(merge);
    tell((now) => {
      if (keepsUp) Core.resume(merge, now);
    });
  };

  const start = (): void => {
    tell((now) => {
      Core.start(merge, now);
    });
    // That is told only after all of this: nothing can fall between the feed and the first request.
    followFeed();
    follow(source.closed$, (because) => {
      // Not in turn: after its end a client hands out nothing, not even the rest of a page.
      if (because === 'client-closed') Core.stop(merge);
      tell((now) => {
        Core.close(merge, because, now);
      });
    });
    follow(source.connected$, followLine);
    follow(hints$, (position) => {
      tell((now) => {
        if (merge.isLocated) Core.known(merge, position, now);
      });
    });
    follow(demand$, followDemand);
  };

  return {
    events$: defer(() => {
      if (failure !== undefined) return throwError(() => failure?.error);
      return Core.status(merge).state === 'closed' ? EMPTY : events.values$;
    }),
    status$: defer(() =>
      side(({ changes }) => changes).pipe(
        startWith(undefined),
        map(() => Core.status(merge)),
        distinctUntilChanged(isSameStatus),
      ),
    ),
    discontinuities$: side(({ discontinuities }) => discontinuities),
    holes$: side(({ holes }) => holes),
    late$: side(({ late }) => late),
  };
};

/** What a log tells beside its events. */
interface Sides<T> {
  readonly changes: Subject<void>;
  readonly holes: Subject<{ readonly from: number; readonly to: number }>;
  readonly discontinuities: Subject<Discontinuity>;
  readonly late: Subject<T>;
}

const openSides = <T>(): Sides<T> => ({
  changes: new Subject(),
  holes: new Subject(),
  discontinuities: new Subject(),
  late: new Subject(),
});

const nothing = (): void => undefined;
