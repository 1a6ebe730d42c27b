import { type MonoTypeOperatorFunction, Observable, type SchedulerLike, Subscription } from 'rxjs';

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
    new Observable((subscriber) => {
      let isOpenNow: boolean | undefined;
      let wasOpen = false;
      let told: boolean | undefined;
      let wait = Subscription.EMPTY;

      const tell = (isOpen: boolean): void => {
        if (isOpen === told) return;
        told = isOpen;
        subscriber.next(isOpen);
      };

      const spread = (isOpen: boolean): void => {
        if (isOpen === isOpenNow) return;
        isOpenNow = isOpen;
        wait.unsubscribe();
        const isReopen = isOpen && wasOpen;
        wasOpen ||= isOpen;
        if (!isReopen || isFirst()) tell(isOpen);
        else wait = scheduler.schedule(tellOpen, random() * SPREAD_MS);
      };

      const tellOpen = (): void => {
        tell(true);
      };

      subscriber.add(() => {
        wait.unsubscribe();
      });
      subscriber.add(
        isOpen$.subscribe({
          next: spread,
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            subscriber.complete();
          },
        }),
      );
    });
