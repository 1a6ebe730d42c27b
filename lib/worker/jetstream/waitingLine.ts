/** Values that wait for somebody who takes them one at a time. */
export interface WaitingLine<A> {
  /** Whether one more would find a place once all that wait have been taken. */
  readonly hasRoom: boolean;
  put(value: A): void;
  /** The next value, once there is one and a place for it; `undefined`: there will be none. */
  take(): Promise<A | undefined>;
  /** A value that was taken is dealt with: its place is free. */
  free(): void;
  /** Takes a value out that waits; whether it did wait. */
  drop(value: A): boolean;
  /** Ends the line, and hands out what still waits. */
  end(): readonly A[];
  /** Ends the line with an error for whoever takes. */
  fail(error: unknown): void;
}

/** Creates a line from which at most `places` values are taken and not yet dealt with. */
export const createWaitingLine = <A>(places: number): WaitingLine<A> => {
  const waiting = new Set<A>();
  let taken = 0;
  let isOver = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;

  return {
    get hasRoom() {
      return taken + waiting.size < places;
    },
    put: (value) => {
      waiting.add(value);
      wake();
    },
    take: async () => {
      for (;;) {
        if (failure !== undefined) throw failure.error;
        if (isOver) return undefined;
        if (taken < places) {
          const [value] = waiting;
          if (value !== undefined) {
            waiting.delete(value);
            taken += 1;
            return value;
          }
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    free: () => {
      taken -= 1;
      wake();
    },
    drop: (value) => waiting.delete(value),
    end: () => {
      isOver = true;
      const left = [...waiting];
      waiting.clear();
      wake();
      return left;
    },
    fail: (error) => {
      failure ??= { error };
      wake();
    },
  };
};
