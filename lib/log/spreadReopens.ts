import type { SchedulerLike, Subscription } from 'rxjs';

/** What one of many has been told of the line. */
export interface ToldLine {
  /** The last word, `undefined` while there was none. */
  toldOpen: boolean | undefined;
  wasOpen: boolean;
  /** Until it is told that the line is back. */
  wait: Subscription | undefined;
}

export interface SpreadReopensOptions<F> {
  /** Whether this one goes ahead of the others; asked at each opening but the first. */
  readonly isFirst: (one: F) => boolean;
  readonly tell: (one: F, isOpen: boolean) => void;
  readonly scheduler: SchedulerLike;
  /** Source of jitter, from 0 up to 1. */
  readonly random: () => number;
}

/** One that has not been told of the line yet. */
export const untold = (): ToldLine => ({ toldOpen: undefined, wasOpen: false, wait: undefined });

/** How long after a line has come back the last one learns of it, at most. */
const SPREAD_MS = 2_000;

/**
 * Tells a log of each change of the line; that it is back a little later, a random time for each, so that many logs do
 * not all begin to read at once, and neither do many clients whose server comes back.
 *
 *     line:      o---x---o----x-o-x--
 *     told:      o---x-----o--x---x--      o = open, x = lost
 *
 * The first opening, and the loss of the line, are told at once. Live events do not wait: what is next in a log
 * comes out of it even while it is not told yet.
 */
export const spreadReopens = <F extends ToldLine>({
  isFirst,
  tell,
  scheduler,
  random,
}: SpreadReopensOptions<F>): ((one: F, isOpen: boolean) => void) => {
  const tellNow = (one: F, isOpen: boolean): void => {
    one.wait = undefined;
    if (isOpen === one.toldOpen) return;
    one.toldOpen = isOpen;
    tell(one, isOpen);
  };

  const tellOpen = (one?: F): void => {
    if (one !== undefined) tellNow(one, true);
  };

  return (one, isOpen) => {
    stopWaiting(one);
    const isReopen = isOpen && one.wasOpen;
    one.wasOpen ||= isOpen;
    if (!isReopen || isFirst(one)) tellNow(one, isOpen);
    else one.wait = scheduler.schedule(tellOpen, random() * SPREAD_MS, one);
  };
};

/** It is not told any more. */
export const stopWaiting = (one: ToldLine): void => {
  one.wait?.unsubscribe();
  one.wait = undefined;
};
