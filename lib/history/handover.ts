/** Where values that are pushed wait for whoever pulls them. */
export interface Handover<A> {
  /** How many values nobody has pulled yet. */
  readonly size: number;
  push(value: A): void;
  /** Nothing comes any more; what waits is still to be had. */
  end(): void;
  /** Nothing comes any more but this error, once, after what waits. */
  fail(error: unknown): void;
  /** Ends, and drops what waits. */
  drop(): void;
  /** The next value; while there is none, the promise waits. */
  pull(): Promise<IteratorResult<A, undefined>>;
}

interface Pull<A> {
  readonly resolve: (result: IteratorResult<A, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/** Creates an empty handover. Pulls are answered in the order in which they were made. */
export const createHandover = <A>(): Handover<A> => {
  let pulls: Pull<A>[] = [];
  let values: { readonly value: A }[] = [];
  let taken = 0;
  let failure: { readonly error: unknown } | undefined;
  let isOver = false;

  const take = (): { readonly value: A } | undefined => {
    const next = values[taken];
    if (next === undefined) return undefined;
    taken += 1;
    // Cut now and then only, so that a long page costs no more than its length.
    if (2 * taken >= values.length) {
      values = values.slice(taken);
      taken = 0;
    }
    return next;
  };

  const answer = ({ resolve, reject }: Pull<A>): boolean => {
    const next = take();
    if (next !== undefined) resolve({ done: false, value: next.value });
    else if (failure !== undefined) reject(failure.error);
    else if (isOver) resolve({ done: true, value: undefined });
    else return false;
    if (next === undefined) failure = undefined;
    return true;
  };

  const settle = (): void => {
    pulls = pulls.filter((pull) => !answer(pull));
  };

  return {
    get size() {
      return values.length - taken;
    },
    push: (value) => {
      if (isOver) return;
      values.push({ value });
      settle();
    },
    end: () => {
      isOver = true;
      settle();
    },
    fail: (error) => {
      failure = { error };
      isOver = true;
      settle();
    },
    drop: () => {
      values = [];
      taken = 0;
      failure = undefined;
      isOver = true;
      settle();
    },
    pull: () =>
      new Promise((resolve, reject) => {
        pulls.push({ resolve, reject });
        settle();
      }),
  };
};
