import type { SchedulerLike, Subscription } from 'rxjs';
import { clampDelay } from './backoff.js';

/** One timer that can be set anew. */
export interface Alarm {
  readonly clock: AlarmClock;
  ring(owner: unknown): void;
  readonly owner: unknown;
  setFor: number;
  timerEndsAt: number;
  timer: Subscription | undefined;
}

export interface AlarmClock {
  readonly scheduler: SchedulerLike;
  /** The clock on which times are told. */
  readonly now: () => number;
}

/**
 * An alarm that is not set.
 *
 * Being set to a later time costs nothing: the timer that runs is left to run out, then set again for what
 * is left. The same goes for a time beyond the longest timer.
 *
 * @param ring Is told whose alarm it is, so that one function serves all of a kind.
 */
export const silent = <O>(clock: AlarmClock, ring: (owner: O) => void, owner: O): Alarm => ({
  clock,
  ring,
  owner,
  setFor: Infinity,
  timerEndsAt: Infinity,
  timer: undefined,
});

/** Rings at this time, instead of at any earlier set one; `Infinity` = never. */
export const setTo = (alarm: Alarm, at: number): void => {
  alarm.setFor = at;
  if (at < alarm.timerEndsAt || at === Infinity) startTimer(alarm);
};

const startTimer = (alarm: Alarm): void => {
  const { clock, setFor } = alarm;
  alarm.timer?.unsubscribe();
  alarm.timer = undefined;
  alarm.timerEndsAt = setFor;
  if (setFor === Infinity) return;
  alarm.timer = clock.scheduler.schedule(look, clampDelay(setFor - clock.now()), alarm);
};

const look = (alarm?: Alarm): void => {
  if (alarm === undefined) return;
  alarm.timer = undefined;
  alarm.timerEndsAt = Infinity;
  if (alarm.clock.now() < alarm.setFor) {
    startTimer(alarm);
  } else {
    alarm.setFor = Infinity;
    alarm.ring(alarm.owner);
  }
};
