import { VirtualAction, VirtualTimeScheduler } from 'rxjs';

/** A scheduler whose clock moves only when told. */
export interface VirtualTime {
  readonly scheduler: VirtualTimeScheduler;
  /** How many timers are set. */
  readonly timers: () => number;
  /** Lets this much time pass, with all that is due in it. */
  readonly pass: (ms: number) => void;
}

export const virtualTime = (): VirtualTime => {
  const scheduler = new VirtualTimeScheduler(VirtualAction, 0);

  return {
    scheduler,
    timers: () => scheduler.actions.filter(({ closed }) => !closed).length,
    pass: (ms) => {
      scheduler.maxFrames += ms;
      scheduler.flush();
      scheduler.frame = scheduler.maxFrames;
    },
  };
};
