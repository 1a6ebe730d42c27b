import type { TimestampProvider } from 'rxjs';

/**
 * Reads a clock such that it never goes back. Where the system's clock is set back by an hour, nothing that is
 * due in a second waits for that hour.
 */
export const steadyClock = (clock: TimestampProvider): (() => number) => {
  let last = clock.now();
  let setBackBy = 0;

  return () => {
    const now = clock.now();
    setBackBy += Math.max(0, last - now);
    last = now;
    return now + setBackBy;
  };
};
