import {
  defer,
  ignoreElements,
  map,
  merge,
  type Observable,
  scan,
  type SchedulerLike,
  Subject,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';
import { judgeHistoryError } from '../log/judgeHistoryError.js';
import { looksOf } from './looksOf.js';
import { untilAnswered } from './untilAnswered.js';

/** What everything that is kept by events needs of its client. */
export interface KeepingParts {
  /** Whether the line is open: the present state first. */
  readonly isOpen$: Observable<boolean>;
  readonly settings: {
    readonly confirmProbeMs: number;
    readonly idleProbeMs: number;
    readonly holeGraceMs: number;
  };
  /** Lets a request wait for its turn among those of the client. */
  readonly inTurn: <A>(request$: Observable<A>) => Observable<A>;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** What is kept, and by what. */
export interface Kept<S, E, A> {
  /** Before anything is known. */
  readonly initial: S;
  /** Every event that may change it, live. Its end is the end of the result. */
  readonly events$: Observable<E>;
  /** Emits when there is nothing left to be kept. */
  readonly over$: Observable<unknown>;
  readonly read: () => Observable<A>;
  /** The state after a reading. What was heard from `since` on may be newer than the reading. */
  readonly afterReading: (state: S, answer: A, since: number) => S;
  readonly afterEvent: (state: S, event: E, heardAt: number) => S;
  /** Whether an event tells of a change without telling all of it. Default: never. */
  readonly asksForReading?: (state: S, event: E) => boolean;
}

/**
 * Keeps something up to date: it is read from the server, and events change it from then on.
 *
 *     events:    --e1-----e2----e3--------x      x = the line is lost and comes back
 *     readings:  -(---A1)-------------------(---A2)
 *     result:    -----a---b-----c---------------d     a = A1 with e1 on top
 *
 * Events count from the first moment on: those that come while a reading is under way, and a little before, are
 * put on top of it, since it may be older than they are. It is read at the start, with each opening of the line,
 * once more soon after, and now and then. A failed reading is repeated for as long as it takes; a 404 or a 403
 * is believed when it lasts, and is the end, or the error where nothing was ever read.
 */
export const keptByEvents = <S, E, A>(kept: Kept<S, E, A>, parts: KeepingParts): Observable<S> =>
  defer(() => {
    const { initial, events$, over$, read, afterReading, afterEvent, asksForReading } = kept;
    const { settings, inTurn, scheduler } = parts;
    const ended$ = new Subject<void>();
    const again$ = new Subject<void>();
    const { judge, succeeded } = judgeHistoryError(scheduler);
    const end = (): void => {
      ended$.next();
    };

    const heard$ = events$.pipe(
      tap({ complete: end }),
      map((event) => (state: S): S => {
        if (asksForReading?.(state, event) === true) again$.next();
        return afterEvent(state, event, scheduler.now());
      }),
    );

    const sent$ = defer(() => {
      const since = scheduler.now() - settings.holeGraceMs;
      return read().pipe(map((answer) => ({ answer, since })));
    });
    const reading$ = inTurn(sent$).pipe(
      tap(succeeded),
      untilAnswered({
        ...parts,
        judge: (error) => {
          const verdict = judge(error);
          if (typeof verdict === 'object' && 'closedBecause' in verdict) end();
          return verdict;
        },
      }),
    );
    const answers$ = merge(looksOf({ ...parts, ...settings }), again$).pipe(
      switchMap(() => reading$),
      map(
        ({ answer, since }) =>
          (state: S): S =>
            afterReading(state, answer, since),
      ),
    );

    // First the ear, then the question.
    return merge(over$.pipe(tap(end), ignoreElements()), heard$, answers$).pipe(
      scan((state, change: (state: S) => S) => change(state), initial),
      takeUntil(ended$),
    );
  });
