import { type SchedulerLike, Subscription } from 'rxjs';
import { clampDelay } from './backoff.js';

/** One timer that can be set anew. */
export interface Alarm {
  /** Rings at this time, instead of at any earlier set one; `Infinity` = never. */
  setTo(at: number): void;
}

export interface AlarmOptions {
  readonly scheduler: SchedulerLike;
  /** The clock on which times are told. */
  readonly now: () => number;
  readonly ring: () => void;
}

/**
 * Creates an alarm that is not set.
 *
 * Being set to a later time costs nothing: the timer that runs is left to run out, then set again for what
 * is left. The same goes for a time beyond the longest timer.
 */
export const createAlarm = ({ scheduler, now, ring }: AlarmOptions): Alarm => {
  let setFor = Infinity;
  let timerEndsAt = Infinity;
  let timer = Subscription.EMPTY;

  const startTimer = (): void => {
    timer.unsubscribe();
    timerEndsAt = setFor;
    if (setFor !== Infinity) timer = scheduler.schedule(look, clampDelay(setFor - now()));
  };

  const look = (): void => {
    timerEndsAt = Infinity;
    if (now() < setFor) {
      startTimer();
    } else {
      setFor = Infinity;
      ring();
    }
  };

  return {
    setTo: (at) => {
      setFor = at;
      if (at < timerEndsAt || at === Infinity) startTimer();
    },
  };
};
