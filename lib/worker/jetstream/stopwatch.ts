/**
 * Starts a stopwatch that also runs while the process, or the whole machine, does not.
 *
 * @returns The milliseconds since then. One of the two clocks stands still while a machine sleeps, the other may be
 * set back by hand: the larger difference is the one to believe.
 */
export const stopwatch = (): (() => number) => {
  const steady = performance.now();
  const wall = Date.now();
  return () => Math.max(performance.now() - steady, Date.now() - wall);
};
