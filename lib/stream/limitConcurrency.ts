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

  const admit = (): void => {
    for (const begin of waiting) {
      if (running >= max) return;
      waiting.delete(begin);
      running += 1;
      begin();
    }
  };

  return <A>(source$: Observable<A>) =>
    new Observable<A>((subscriber) => {
      const begin = (): void => {
        // A teardown runs after the source has ended too, so the place is given up exactly once.
        subscriber.add(() => {
          running -= 1;
          admit();
        });
        source$.subscribe(subscriber);
      };
      waiting.add(begin);
      subscriber.add(() => waiting.delete(begin));
      admit();
    });
};
