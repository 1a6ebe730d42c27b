import { clampDelay } from '../stream/backoff.js';

/** Waits for so many ms, or until the signal aborts. */
export const rest = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, clampDelay(ms));
    if (signal?.aborted === true) over();
    else signal?.addEventListener('abort', over);
  });
