import { concat, defer, ignoreElements, type Observable, type SchedulerLike, timer } from 'rxjs';
import { clampDelay } from '../stream/backoff.js';

export interface RenewAtOptions {
  readonly renew$: Observable<unknown>;
  readonly scheduler: SchedulerLike;
}

/**
 * Waits for a time on the scheduler's clock and then renews, once. A wait beyond the longest timer takes several.
 *
 * @returns Emits nothing; completes and errors with `renew$`.
 */
export const renewAt = (time: number, { renew$, scheduler }: RenewAtOptions): Observable<never> =>
  defer(() => {
    const waitMs = time - scheduler.now();
    if (waitMs <= 0) return renew$.pipe(ignoreElements());
    const wait$ = timer(clampDelay(waitMs), scheduler).pipe(ignoreElements());
    return concat(wait$, renewAt(time, { renew$, scheduler }));
  });
