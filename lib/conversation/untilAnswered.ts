import { EMPTY, type MonoTypeOperatorFunction, retry, type SchedulerLike, throwError, timer } from 'rxjs';
import { clampDelay, fullJitter } from '../stream/backoff.js';
import type { FetchVerdict } from '../history/LogSource.js';

export interface UntilAnsweredOptions {
  /** What a failure means; `'stop'` and an end of the conversation are final. */
  readonly judge: (error: unknown) => FetchVerdict;
  readonly scheduler: SchedulerLike;
  /** Source of jitter, from 0 up to 1. */
  readonly random: () => number;
}

/**
 * Makes a request again and again until it is answered: after 0.5 s up to 30 s with full jitter, though never at
 * once, and not before the server wants it.
 *
 *     request:  -#    -#      -a|
 *     result:   -----------------a|
 *
 * Errors with the failure that is final. Where the conversation has ended it completes without an answer.
 */
export const untilAnswered = <A>({
  judge,
  scheduler,
  random,
}: UntilAnsweredOptions): MonoTypeOperatorFunction<A> =>
  retry({
    delay: (error: unknown, attempt) => {
      const verdict = judge(error);
      if (verdict === 'stop') return throwError(() => error);
      if (verdict !== 'retry' && 'closedBecause' in verdict) return EMPTY;
      const jitterMs = (maxDelayMs: number): number =>
        Math.max(SHORTEST_MS, fullJitter({ attempt, initialDelayMs: 500, maxDelayMs, random }));
      return timer(clampDelay(waitMs(verdict, jitterMs)), scheduler);
    },
  });

const LONGEST_MS = 30_000;

/** Shorter draws would ask ever faster while a patience runs out, each being a part of what is left of it. */
const SHORTEST_MS = 100;

const waitMs = (
  verdict: Exclude<FetchVerdict, 'stop' | { readonly closedBecause: unknown }>,
  jitterMs: (maxDelayMs: number) => number,
): number => {
  if (verdict === 'retry') return jitterMs(LONGEST_MS);
  if ('retryWithinMs' in verdict) {
    return Math.min(verdict.retryWithinMs, jitterMs(Math.min(verdict.retryWithinMs, LONGEST_MS)));
  }
  return 'retryAfterMs' in verdict
    ? Math.max(verdict.retryAfterMs, jitterMs(LONGEST_MS))
    : jitterMs(LONGEST_MS);
};
