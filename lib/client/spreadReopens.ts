import {
  defer,
  distinctUntilChanged,
  map,
  type MonoTypeOperatorFunction,
  type Observable,
  of,
  type SchedulerLike,
  switchMap,
  timer,
} from 'rxjs';

export interface SpreadReopensOptions {
  /** Whether this one goes ahead of the others; asked at each opening but the first. */
  readonly isFirst: () => boolean;
  readonly scheduler: SchedulerLike;
  /** Source of jitter, from 0 up to 1. */
  readonly random: () => number;
}

/** How long after a line has come back the last one learns of it, at most. */
const SPREAD_MS = 2_000;

/**
 * Tells a log a little later that the line is back, a random time for each, so that many logs do not all begin
 * to read at once, and neither do many clients whose server comes back.
 *
 *     line:      o---x---o----x-o-x--
 *     result:    o---x-----o--x---x--      o = open, x = lost
 *
 * The first opening, and the loss of the line, are told at once. Live events do not wait: what is next in a log
 * comes out of it even while it is not told yet.
 */
export const spreadReopens =
  ({ isFirst, scheduler, random }: SpreadReopensOptions): MonoTypeOperatorFunction<boolean> =>
  (isOpen$) =>
    defer(() => {
      let wasOpen = false;

      const spread = (isOpen: boolean): Observable<boolean> => {
        const isReopen = isOpen && wasOpen;
        wasOpen ||= isOpen;
        if (!isReopen || isFirst()) return of(isOpen);
        return timer(random() * SPREAD_MS, scheduler).pipe(map(() => true));
      };

      return isOpen$.pipe(distinctUntilChanged(), switchMap(spread), distinctUntilChanged());
    });
