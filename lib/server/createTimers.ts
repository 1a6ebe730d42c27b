/** Timers that can all be stopped at once. */
export interface Timers {
  /** Runs `task` after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, task: () => void): () => void;
  clear(): void;
}

/** Makes timers that the server stops when it closes, so that none of them keeps the process alive. */
export const createTimers = (): Timers => {
  const running = new Set<ReturnType<typeof setTimeout>>();

  return {
    after: (ms, task) => {
      const timer = setTimeout(() => {
        running.delete(timer);
        task();
      }, ms);
      running.add(timer);
      return () => {
        running.delete(timer);
        clearTimeout(timer);
      };
    },
    clear: () => {
      running.forEach((timer) => clearTimeout(timer));
      running.clear();
    },
  };
};
