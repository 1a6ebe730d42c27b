import { Observable, type SchedulerLike, Subscription } from 'rxjs';
import { clampDelay } from '../stream/backoff.js';

/** Whether anybody wants the line. */
export interface Demand {
  /** Wants the line until the returned function is called; calling it twice does no harm. */
  hold(): () => void;
  /** The same stream; whoever subscribes to it wants the line as well. */
  with<A>(source$: Observable<A>): Observable<A>;
  /** Forgets every holder at once, without lingering. */
  dropAll(): void;
}

/**
 * Creates demand that outlives its last holder by `lingerMs`, so that a route change does not bounce the line.
 *
 * @param onChange Told `true` with the first holder and `false` when the last has been gone for `lingerMs`.
 */
export const createDemand = (
  lingerMs: number,
  scheduler: SchedulerLike,
  onChange: (isWanted: boolean) => void,
): Demand => {
  const holders = new Set<() => void>();
  let linger = Subscription.EMPTY;
  let isWanted = false;

  const settle = (): void => {
    const wanted = holders.size > 0;
    if (wanted === isWanted) return;
    isWanted = wanted;
    onChange(wanted);
  };

  const hold = (): (() => void) => {
    const release = (): void => {
      if (!holders.delete(release) || holders.size > 0) return;
      linger = scheduler.schedule(settle, clampDelay(lingerMs));
    };
    holders.add(release);
    linger.unsubscribe();
    settle();
    return release;
  };

  return {
    hold,
    dropAll: () => {
      holders.clear();
      linger.unsubscribe();
      settle();
    },
    with: (source$) =>
      new Observable((subscriber) => {
        // First the ear, then the line: nothing that the line says at once is missed.
        subscriber.add(source$.subscribe(subscriber));
        if (!subscriber.closed) subscriber.add(hold());
      }),
  };
};
