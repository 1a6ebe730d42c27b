import {
  catchError,
  concat,
  defer,
  EMPTY,
  filter,
  type MonoTypeOperatorFunction,
  of,
  switchMap,
  take,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import type { ConnectionStatus } from '../transport/ConnectionStatus.js';

export interface OutlastingOptions<A> {
  /** What counts as shown before there is a value. */
  readonly first: A;
  /** What is shown after an error. */
  readonly failed: (last: A, error: unknown) => A;
  readonly status$: Observable<ConnectionStatus>;
}

/**
 * Turns an error into a last value, and begins anew when it was that of a line which is revived.
 *
 *     source:  -a-b-#            status: failed at #, not any more at r
 *     result:  -a-b-f--r-a-      f = failed(b, error)
 */
export const outlasting =
  <A>({ first, failed, status$ }: OutlastingOptions<A>): MonoTypeOperatorFunction<A> =>
  (source$) => {
    const revived$ = status$.pipe(
      filter(({ state }) => state !== 'failed'),
      take(1),
    );
    const hasFailed$ = status$.pipe(
      take(1),
      filter(({ state }) => state === 'failed'),
    );
    const again$: Observable<A> = defer(() => {
      let last = first;
      return source$.pipe(
        tap((value) => {
          last = value;
        }),
        catchError((error: unknown) => {
          const anew$ = hasFailed$.pipe(
            switchMap(() => revived$),
            switchMap(({ state }) => (state === 'closed' ? EMPTY : again$)),
          );
          return concat(of(failed(last, error)), anew$);
        }),
      );
    });
    return again$;
  };
