import { defer, type Observable, ReplaySubject } from 'rxjs';

/**
 * Makes a command of a cold source: it starts with the first subscriber, runs once however many follow, and
 * goes on when they leave. A later subscriber gets the same result.
 *
 *     source:  --a|
 *     first:   ^--!
 *     later:     ^ -a|
 */
export const runsOnce = <A>(source$: Observable<A>): Observable<A> => {
  let result: ReplaySubject<A> | undefined;
  return defer(() => {
    if (result === undefined) {
      result = new ReplaySubject<A>(Infinity);
      source$.subscribe(result);
    }
    return result;
  });
};
