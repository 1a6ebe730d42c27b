import {
  BehaviorSubject,
  identity,
  type MonoTypeOperatorFunction,
  type Observable,
  Subscription,
} from 'rxjs';
import { followLog } from './followLog.js';
import { createHandover } from './handover.js';
import type { LogSource } from './LogSource.js';
import type { SyncStatus } from './SyncStatus.js';

export interface IterateOptions<T, U extends T> {
  /** Ends the iteration, as `return()` does. */
  readonly signal?: AbortSignal | undefined;
  /** Which items are handed out. Default: all. */
  readonly only?: (item: T) => item is U;
  /** Sees all items as they come, before they wait to be consumed. */
  readonly watch?: (status$: Observable<SyncStatus>) => MonoTypeOperatorFunction<T>;
}

/**
 * Reads a log as fast as it is consumed: each item once, in order of position.
 *
 * Nothing runs before the first `next()`. While more than a page waits to be consumed, nothing more is asked
 * for, and what comes live is not kept either: history has it. So memory is bounded by a few pages, however
 * slow the consumer, and nothing is lost.
 *
 * @returns An iterator of one run. It rejects when the log fails and ends when the log does, after what still
 * waits. `return()`, which `for await` calls on `break`, and an abort end it at once and free everything.
 * @see followLog, which hands items out as they come.
 */
export const iterateLog = <T, U extends T = T>(
  source: LogSource<T>,
  { signal, only, watch = () => identity }: IterateOptions<T, U> = {},
): AsyncIterableIterator<U> => {
  const { pageSize } = source.settings;
  const handover = createHandover<U>();
  const demand = new BehaviorSubject(true);
  let reading: Subscription | undefined;

  const isWanted = (item: T): item is U => only?.(item) ?? true;

  const stop = (): void => {
    handover.drop();
    reading?.unsubscribe();
  };

  const start = (): Subscription => {
    const ties = new Subscription();
    signal?.addEventListener('abort', stop);
    ties.add(() => signal?.removeEventListener('abort', stop));
    reading = ties;
    const { events$, status$ } = followLog({ ...source, demand$: demand });
    ties.add(
      events$.pipe(watch(status$)).subscribe({
        next: (item) => {
          if (isWanted(item)) handover.push(item);
          if (handover.size > pageSize) demand.next(false);
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

  const iterator: AsyncIterableIterator<U> = {
    next: () => {
      if (signal?.aborted === true) stop();
      else reading ??= start();
      const item = handover.pull();
      // Asked for before the last one is gone, so that the consumer need not wait for a page.
      if (handover.size <= pageSize / 2) demand.next(true);
      return item;
    },
    return: () => {
      reading ??= Subscription.EMPTY;
      stop();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
};
