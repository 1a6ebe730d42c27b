import { type MonoTypeOperatorFunction, type SchedulerLike, throwError, timeout } from 'rxjs';
import { clampDelay } from './backoff.js';

export interface WithinOptions {
  /** Makes the error for a first value that takes longer. */
  readonly late: () => unknown;
  readonly scheduler: SchedulerLike;
}

/** Gives the first value so many milliseconds, and those after it all the time they take. */
export const within = <A>(ms: number, { late, scheduler }: WithinOptions): MonoTypeOperatorFunction<A> =>
  timeout({ first: clampDelay(ms), scheduler, with: () => throwError(late) });
