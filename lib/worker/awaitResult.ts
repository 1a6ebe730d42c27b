import { isObservable, lastValueFrom, type Observable, takeUntil } from 'rxjs';

/**
 * Waits for what a callback of the user's has returned: for a promise, for the completion of an Observable, and
 * for nothing else. An Observable is let go of with the first value of `until$`: nothing else tells it.
 */
export const awaitResult = (
  result: unknown,
  until$: Observable<unknown>,
): PromiseLike<unknown> | undefined => {
  if (isObservable(result)) {
    return lastValueFrom(result.pipe(takeUntil(until$)), { defaultValue: undefined });
  }
  return isPromise(result) ? result : undefined;
};

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  'then' in value &&
  typeof value.then === 'function';
