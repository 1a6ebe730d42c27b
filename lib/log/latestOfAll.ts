import {
  catchError,
  distinctUntilChanged,
  exhaustMap,
  type Observable,
  of,
  scan,
  type SchedulerLike,
  switchMap,
  timer,
} from 'rxjs';
import { clampDelay } from '../stream/backoff.js';

/** The latest position of each conversation that a list names; undefined where it does not say. */
export type LatestPositions = ReadonlyMap<string, number | undefined>;

export interface LatestOfAllOptions {
  /** How many conversations are followed: the present number first. */
  readonly count$: Observable<number>;
  readonly isOpen$: Observable<boolean>;
  /** With more than so many it is worth a request that asks for all. */
  readonly moreThan: number;
  readonly everyMs: number;
  readonly read: () => Observable<LatestPositions>;
  readonly scheduler: SchedulerLike;
}

/** What is known while nobody asks, or where the answer is no help. */
export const NOTHING: LatestPositions = new Map();

/**
 * Asks now and then, while many conversations are followed on an open line, where all of them end.
 *
 *     count:     --(21)-----(5)------
 *     line:      o-----------------x-
 *     result:    N-A----B----C-----N-      N = nothing, A, B, C = answers
 *
 * Once begun it goes on until the line is lost, though fewer are left: they rely on it. A failed request, too,
 * says nothing, and the next one comes at its time. Never errors.
 */
export const latestOfAll = ({
  count$,
  isOpen$,
  moreThan,
  everyMs,
  read,
  scheduler,
}: LatestOfAllOptions): Observable<LatestPositions> =>
  isOpen$.pipe(
    switchMap((isOpen) =>
      isOpen && everyMs !== Infinity
        ? count$.pipe(scan((isOn, count) => isOn || count > moreThan, false))
        : of(false),
    ),
    distinctUntilChanged(),
    switchMap((isOn) => {
      if (!isOn) return of(NOTHING);
      const period = clampDelay(everyMs);
      return timer(0, period, scheduler).pipe(exhaustMap(() => read().pipe(catchError(() => of(NOTHING)))));
    }),
  );
