import { noop, type Observable, take } from 'rxjs';

/** The value that a stream gives at once on subscription; `undefined` when it gives none. */
export const currentOf = <A>(values$: Observable<A>): A | undefined => {
  let current: A | undefined;
  values$
    .pipe(take(1))
    .subscribe({
      next: (value) => {
        current = value;
      },
      // Nothing was there: that is the answer.
      error: noop,
    })
    .unsubscribe();
  return current;
};
