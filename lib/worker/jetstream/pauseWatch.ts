import { stopwatch } from './stopwatch.js';

/** Notices that this process has stood still. */
export interface PauseWatch {
  /** Whether what comes in now may have lain in a buffer for long: the broker's clock ran on meanwhile. */
  readonly hasPaused: boolean;
  end(): void;
}

/**
 * Watches for pauses longer than `pauseMs`: a stopped process, a sleeping machine, a handler that computed for
 * seconds without a break.
 *
 * After one, sockets hand over what came in during it, before any timer runs. So the watch is asked at the arrival of
 * each message, and looks at the clock itself.
 */
export const watchPauses = (pauseMs: number): PauseWatch => {
  let sinceBeat = stopwatch();
  let sincePause = (): number => Infinity;
  const look = (): void => {
    if (sinceBeat() > pauseMs) sincePause = stopwatch();
    sinceBeat = stopwatch();
  };
  const timer = setInterval(look, pauseMs / BEATS);

  return {
    get hasPaused() {
      return sinceBeat() > pauseMs || sincePause() < AFTERMATH_MS;
    },
    end: () => {
      clearInterval(timer);
    },
  };
};

const BEATS = 5;
/** For so long after a pause what lay in buffers may still be coming in. */
const AFTERMATH_MS = 250;
