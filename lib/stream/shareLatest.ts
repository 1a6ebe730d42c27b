import { type MonoTypeOperatorFunction, ReplaySubject, share } from 'rxjs';

/**
 * Lets all subscribers share one run, for as long as there is any. Who comes later gets the latest value at once.
 *
 *     source:  --a----b----
 *     first:   ^-a----b--!
 *     later:       ^a-b----!     and then the source is left
 *
 * Who comes after the end, or after the last one has left, begins a new run.
 */
export const shareLatest = <A>(): MonoTypeOperatorFunction<A> =>
  share({ connector: () => new ReplaySubject(1) });
