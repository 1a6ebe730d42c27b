import { VirtualTimeScheduler } from 'rxjs';

/** A clock that only moves when it is told to. */
export interface VirtualTime {
  readonly scheduler: VirtualTimeScheduler;
  /** Runs what is due within the next `ms`, and after each moment whatever promises set off. */
  advance(ms: number): Promise<void>;
  /** How many timers are set. */
  readonly pending: number;
}

/** Lets everything happen that needs no time: all promises that can settle have settled. */
export const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

export const virtualTime = (): VirtualTime => {
  const scheduler = new VirtualTimeScheduler();

  return {
    scheduler,
    advance: async (ms) => {
      const end = scheduler.frame + ms;
      await settled();
      for (let next = scheduler.actions[0]; next && next.delay <= end; next = scheduler.actions[0]) {
        scheduler.maxFrames = next.delay;
        scheduler.flush();
        await settled();
      }
      scheduler.frame = end;
    },
    get pending() {
      return scheduler.actions.filter(({ closed }) => !closed).length;
    },
  };
};
