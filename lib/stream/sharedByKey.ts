import { defer, type Observable, tap } from 'rxjs';
import { shareLatest } from './shareLatest.js';

/**
 * Lets all subscribers of one key share one run, for as long as there is any.
 *
 *     source:  --a----b----
 *     first:   ^-a----b--!
 *     later:       ^a-b----!     and then the source is left
 *
 * Who comes later gets the latest value at once. Who comes after the end, or after the last one has left, begins
 * a new run. Nothing is kept of a key that nobody is subscribed to.
 */
export const sharedByKey = <K, A>(make: (key: K) => Observable<A>): ((key: K) => Observable<A>) => {
  const runs = new Map<K, Observable<A>>();

  const begin = (key: K): Observable<A> => {
    const forget = (): void => {
      if (runs.get(key) === run$) runs.delete(key);
    };
    const run$: Observable<A> = make(key).pipe(
      // Before anybody is told: who comes back in answer to the end must not join what has ended.
      tap({ complete: forget, error: forget, finalize: forget }),
      shareLatest(),
    );
    runs.set(key, run$);
    return run$;
  };

  return (key) => defer(() => runs.get(key) ?? begin(key));
};
