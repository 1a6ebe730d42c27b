export interface PullEachOptions<A> {
  /** How many values are in hand at once; the next one is asked for only when there is room for it. */
  readonly atOnce: number;
  /** When it aborts, nothing further is asked for, and the source is let go of. */
  readonly until: AbortSignal;
  readonly each: (value: A) => Promise<void>;
}

/** More pulls than this are never under way at once, whatever `atOnce` says. */
const MOST_PULLS = 1_024;

/**
 * Takes values from a source as fast as they are dealt with, and no faster.
 *
 * @returns A promise that resolves when the source has ended or `until` has aborted, and what was in hand is dealt
 * with. Rejects as soon as the source or `each` does. In every case the source's `return()` has been called.
 */
export const pullEach = async <A>(
  source: AsyncIterable<A>,
  { atOnce, until, each }: PullEachOptions<A>,
): Promise<void> => {
  if (until.aborted) return;
  const iterator = source[Symbol.asyncIterator]();
  const waiting = new Set<() => void>();
  let hasLeft = false;
  const isOver = (): boolean => hasLeft;

  const leave = (): void => {
    if (isOver()) return;
    hasLeft = true;
    iterator.return?.().then(undefined, () => undefined);
    // A generator in the middle of waiting does not notice `return()`: nobody waits for it.
    for (const giveUp of waiting) giveUp();
  };

  // One promise for each pull. A race against one that lives as long as the run would keep a trace of every pull.
  const pull = (): Promise<IteratorResult<A> | undefined> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        resolve(undefined);
      };
      waiting.add(giveUp);
      iterator
        .next()
        .finally(() => waiting.delete(giveUp))
        .then(resolve, reject);
    });

  const dealInTurn = async (): Promise<void> => {
    while (!isOver()) {
      const next = await pull();
      // What comes together with the news that it is over stays where it is.
      if (isOver() || next === undefined || next.done === true) return;
      await each(next.value);
    }
  };

  until.addEventListener('abort', leave);
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, MOST_PULLS) }, dealInTurn));
  } finally {
    until.removeEventListener('abort', leave);
    leave();
  }
};
