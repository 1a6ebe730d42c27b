import { defer, type Observable, of, type SchedulerLike, switchMap, tap, timer } from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import { clampDelay } from '../stream/backoff.js';

export interface RespectRetryAfterOptions {
  readonly scheduler: SchedulerLike;
  /** Source of jitter, from 0 up to 1. */
  readonly random: () => number;
}

/** Passes on what a request says, once the server wants to hear it. */
export type Patient = <A>(request$: Observable<A>) => Observable<A>;

/** Those who waited for the same moment come within this time after it. */
const SPREAD_MS = 1_000;

/**
 * Creates an operator under which a `Retry-After` in answer to one request holds for all of them: the server
 * means the client, not the conversation that happened to be asked for.
 *
 *     a:      -#                Retry-After: 4
 *     b:      --^...-b|         would have gone out at once
 *
 * Nothing goes out before the latest moment that the server has named, and what waits for it comes after it at
 * random, not all at once. A request that is under way already is left alone.
 */
export const respectRetryAfter = ({ scheduler, random }: RespectRetryAfterOptions): Patient => {
  let notBefore = -Infinity;

  const heed = (error: unknown): void => {
    const { kind, status, retryAfterMs = 0 } = faultOf(error);
    // With any other answer it speaks of what was asked for, not of who asks.
    const isMeantForAll = kind === 'rate-limited' || status === 503;
    if (isMeantForAll && retryAfterMs > 0) notBefore = Math.max(notBefore, scheduler.now() + retryAfterMs);
  };

  /** Looks again afterwards: in the meantime the server may have named a later moment. */
  const cleared = (jitterMs: number): Observable<unknown> =>
    defer(() => {
      const waitMs = notBefore + jitterMs - scheduler.now();
      if (waitMs <= 0) return of(undefined);
      return timer(clampDelay(waitMs), scheduler).pipe(switchMap(() => cleared(jitterMs)));
    });

  return (request$) =>
    defer(() => cleared(random() * SPREAD_MS)).pipe(
      switchMap(() => request$),
      tap({ error: heed }),
    );
};
