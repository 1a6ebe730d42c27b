import { Observable } from 'rxjs';

/** Passes on what its source says, as soon as the source may run. */
export type Limiter = <A>(source$: Observable<A>) => Observable<A>;

/**
 * Creates an operator that lets at most `max` of all the sources it is applied to run at once.
 *
 * The others wait, first come first served. Whoever unsubscribes gives up its place, in the queue or among
 * those that run.
 *
 *     a:      ^---|
 *     b:      ^   ---|      max: 1
 *
 * @param max At least 1.
 * @see mergeAll, which limits the inner streams of one stream; this one limits streams that know nothing of
 * each other.
 */
export const limitConcurrency = (max: number): Limiter => {
  const waiting = new Set<() => void>();
  let running = 0;
  let isAdmitting = false;

  const admit = (): void => {
    // Sources that end at once make room from within: in a loop, since ten thousand of them are too deep a nest.
    if (isAdmitting) return;
    isAdmitting = true;
    try {
      for (const begin of waiting) {
        if (running >= max) return;
        waiting.delete(begin);
        begin();
      }
    } finally {
      isAdmitting = false;
    }
  };

  return <A>(source$: Observable<A>) =>
    new Observable<A>((subscriber) => {
      const begin = (): void => {
        running += 1;
        source$.subscribe(subscriber);
        // After the source's own teardown, so that it is let go of before another one begins. It runs after the source
        // has ended too, so the place is given up exactly once.
        subscriber.add(() => {
          running -= 1;
          admit();
        });
      };
      if (running < max && waiting.size === 0) {
        begin();
        return;
      }
      waiting.add(begin);
      subscriber.add(() => waiting.delete(begin));
    });
};
