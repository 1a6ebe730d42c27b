import { describe, expect, it } from '@jest/globals';
import { type SchedulerLike, VirtualTimeScheduler } from 'rxjs';
import { clockJumps } from '../../lib/stream/clockJumps.js';

/** A clock that can be moved behind the back of its timers, as sleep does. */
const sleepyTime = () => {
  const timers = new VirtualTimeScheduler();
  let slept = 0;
  const scheduler: SchedulerLike = {
    now: () => timers.now() + slept,
    schedule: (...timer: Parameters<SchedulerLike['schedule']>) => timers.schedule(...timer),
  };
  let jumps = 0;
  const subscription = clockJumps(scheduler).subscribe(() => (jumps += 1));
  return {
    subscription,
    jumps: () => jumps,
    sleep: (ms: number): void => void (slept += ms),
    pass: (ms: number): void => {
      timers.maxFrames = timers.frame + ms;
      timers.flush();
    },
    timers: () => timers.actions.filter(({ closed }) => !closed).length,
  };
};

describe('clockJumps', () => {
  it('is silent while timers come when they should', () => {
    const time = sleepyTime();

    time.pass(3_600_000);

    expect(time.jumps()).toBe(0);
  });

  it('tells once, within five seconds, that the device has slept', () => {
    const time = sleepyTime();

    time.pass(12_000);
    time.sleep(3_600_000);
    time.pass(5_000);
    const jumps = time.jumps();
    time.pass(60_000);

    expect(jumps).toBe(1);
    expect(time.jumps()).toBe(1);
  });

  it.each([
    ['a busy process', 10_000],
    ['a clock that is set back', -3_600_000],
  ])('takes %s for no sleep', (_what, ms) => {
    const time = sleepyTime();

    time.sleep(ms);
    time.pass(60_000);

    expect(time.jumps()).toBe(0);
  });

  it('leaves no timer', () => {
    const time = sleepyTime();

    time.subscription.unsubscribe();

    expect(time.timers()).toBe(0);
  });
});
