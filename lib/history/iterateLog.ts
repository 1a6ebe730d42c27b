import { identity, type MonoTypeOperatorFunction, type Observable, Subscription } from 'rxjs';
import { onAbort } from '../stream/onAbort.js';
import type { Discontinuity } from './Discontinuity.js';
import { eventsOf, statusOf } from './followLog.js';
import { createHandover } from './handover.js';
import type { Log } from './LogSource.js';
import * as Told from './logFacts.js';
import { sideOf } from './logSides.js';
import type { SyncStatus } from './SyncStatus.js';

export interface IterateOptions<T, U extends T> {
  /** Ends the iteration, as `return()` does. */
  readonly signal?: AbortSignal | undefined;
  /** Which items are handed out. Default: all. */
  readonly only?: (item: T) => item is U;
  /** Sees all items as they come, before they wait to be consumed. */
  readonly watch?: (status$: Observable<SyncStatus>) => MonoTypeOperatorFunction<T>;
}

/** The items of one run, one at a time, with its status and its losses. */
export interface LogIterator<T> extends AsyncIterableIterator<T> {
  /**
   * While `next()` waits for an item: the cursor, so that everything up to it was handed out, or does not exist. It
   * may be stored. `undefined` while an item is ready, or the last one may still be in use.
   */
  readonly waitingAfter: number | undefined;
  /** The status of the log: the present one on subscription, then each change. */
  readonly status$: Observable<SyncStatus>;
  /** Ranges that were given up unseen, reported before any later item is handed out. */
  readonly discontinuities$: Observable<Discontinuity>;
}

/**
 * Reads a log as fast as it is consumed: each item once, in order of position.
 *
 * Nothing runs before the first `next()`. While more than a page waits to be consumed, nothing more is asked
 * for, and what comes live is not kept either: history has it. So memory is bounded by a few pages, however
 * slow the consumer, and nothing is lost.
 *
 * @returns An iterator of one run. It rejects when the log fails and ends when the log does, after what still
 * waits. `return()`, which `for await` calls on `break`, `throw()` and an abort end it at once and free everything.
 * @see followLog, which hands items out as they come.
 */
export const iterateLog = <T, U extends T = T>(
  log: Log<T>,
  { signal, only, watch = () => identity }: IterateOptions<T, U> = {},
): LogIterator<U> => {
  const { pageSize } = log.settings;
  const handover = createHandover<U>();
  const status$ = statusOf(log);
  let reading: Subscription | undefined;
  let asked = 0;
  let pushed = 0;

  const isWanted = (item: T): item is U => only?.(item) ?? true;

  const stop = (): void => {
    handover.drop();
    reading?.unsubscribe();
  };

  /** Also before anything was read: then nothing ever is. */
  const leave = (): void => {
    reading ??= Subscription.EMPTY;
    stop();
  };

  const start = (): Subscription => {
    const ties = new Subscription();
    ties.add(onAbort(signal, stop));
    reading = ties;
    ties.add(
      eventsOf(log)
        .pipe(watch(status$))
        .subscribe({
          next: (item) => {
            if (isWanted(item)) {
              pushed += 1;
              handover.push(item);
            }
            if (handover.size > pageSize) Told.keepsUp(log, false);
          },
          error: (error: unknown) => {
            handover.fail(error);
            ties.unsubscribe();
          },
          complete: () => {
            handover.end();
            ties.unsubscribe();
          },
        }),
    );
    return ties;
  };

  const iterator: LogIterator<U> = {
    next: () => {
      asked += 1;
      if (signal?.aborted === true) stop();
      else reading ??= start();
      const item = handover.pull();
      // Asked for before the last one is gone, so that the consumer need not wait for a page.
      if (handover.size <= pageSize / 2) Told.keepsUp(log, true);
      return item;
    },
    return: async (value?: unknown) => {
      leave();
      return { done: true, value: await value };
    },
    throw: (error: unknown) => {
      leave();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- Passed on as it came.
      return Promise.reject(error);
    },
    get waitingAfter() {
      return asked > pushed ? log.cursor : undefined;
    },
    status$,
    discontinuities$: sideOf(log, 'discontinuities'),
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
};
