import {
  distinctUntilChanged,
  EMPTY,
  merge,
  type Observable,
  of,
  type SchedulerLike,
  switchMap,
  timer,
} from 'rxjs';
import { clampDelay } from '../stream/backoff.js';

export interface LooksOptions {
  /** Whether the line is open: the present state first. */
  readonly isOpen$: Observable<boolean>;
  /** How long after an opening it is looked once more; an open line need not deliver yet. */
  readonly confirmProbeMs: number;
  /** How often it is looked while all is quiet: the last lost event leaves no trace. `Infinity` = never. */
  readonly idleProbeMs: number;
  readonly scheduler: SchedulerLike;
}

/**
 * Says when something that events keep up to date has to be read from the server all the same.
 *
 *     line:     --o-----------------------x--o----
 *     result:   r-r--r------r------r---------r--r-      first: without waiting for the line
 */
export const looksOf = ({
  isOpen$,
  confirmProbeMs,
  idleProbeMs,
  scheduler,
}: LooksOptions): Observable<unknown> => {
  const once = (delayMs: number): Observable<unknown> =>
    delayMs === Infinity ? EMPTY : timer(clampDelay(delayMs), scheduler);
  const now$ = of(undefined);
  const periodMs = clampDelay(Math.max(idleProbeMs, 1));
  const often$ = idleProbeMs === Infinity ? EMPTY : timer(periodMs, periodMs, scheduler);

  return isOpen$.pipe(
    distinctUntilChanged(),
    switchMap((isOpen, index) => {
      if (isOpen) return merge(now$, once(confirmProbeMs), often$);
      return index === 0 ? now$ : EMPTY;
    }),
  );
};
