import type { Observable } from 'rxjs';

/** What a stream has said so far. */
export interface Watched<A> {
  readonly values: readonly A[];
  /** How it ended: `'completed'`, `'left'`, or the code of its error (for a foreign one its message). */
  readonly end: string | undefined;
  readonly error: unknown;
  unsubscribe(): void;
}

/** Subscribes, and keeps what comes. */
export const watch = <A>(stream$: Observable<A>): Watched<A> => {
  const values: A[] = [];
  let end: string | undefined;
  let failure: unknown;
  const subscription = stream$.subscribe({
    next: (value) => values.push(value),
    error: (error: unknown) => {
      failure = error;
      end = endOf(error);
    },
    complete: () => {
      end = 'completed';
    },
  });

  return {
    values,
    get end() {
      return end;
    },
    get error() {
      return failure;
    },
    unsubscribe: () => {
      subscription.unsubscribe();
      end ??= 'left';
    },
  };
};

const endOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
};
