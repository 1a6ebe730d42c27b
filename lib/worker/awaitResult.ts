import { isObservable, lastValueFrom } from 'rxjs';

/**
 * Waits for what a callback of the user's has returned: for a promise, for the completion of an Observable, and
 * for nothing else.
 */
export const awaitResult = (result: unknown): PromiseLike<unknown> | undefined => {
  if (isObservable(result)) return lastValueFrom(result, { defaultValue: undefined });
  return isPromise(result) ? result : undefined;
};

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  'then' in value &&
  typeof value.then === 'function';
