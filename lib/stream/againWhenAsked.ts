import { defer, EMPTY, mergeMap, type Observable, of, type OperatorFunction, repeat, tap } from 'rxjs';

/**
 * Runs something each time it is asked to, one run after another. Who asks while it runs gets one more run, and
 * so do a hundred.
 *
 *     asks:    a--bcd--------
 *     runs:    -----1|           (a)
 *     result:  -----1----2---    (b, c and d)
 */
export const againWhenAsked =
  <A>(run: () => Observable<A>): OperatorFunction<unknown, A> =>
  (asks$) =>
    defer(() => {
      let isRunning = false;
      let isAsked = false;

      const runs$ = defer(() => {
        isRunning = true;
        isAsked = false;
        return run();
      }).pipe(
        repeat({ delay: () => (isAsked ? of(undefined) : EMPTY) }),
        tap({
          complete: () => {
            isRunning = false;
          },
        }),
      );

      return asks$.pipe(
        mergeMap(() => {
          if (!isRunning) return runs$;
          isAsked = true;
          return EMPTY;
        }),
      );
    });
