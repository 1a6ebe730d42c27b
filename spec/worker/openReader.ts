import type { Delivery } from '../../lib/worker/Delivery.js';
import type { EventLog } from '../../lib/worker/EventLog.js';

/** One reader of a group, by hand. */
export interface Reader {
  /** The next delivery; rejects when the iteration has ended. */
  next(): Promise<Delivery>;
  each(): AsyncIterable<Delivery>;
  /** Ends the iteration, and waits for that. */
  close(): Promise<void>;
  /** How many deliveries were left behind when the iteration had ended. */
  readonly ended: Promise<number>;
}

export const openReader = (log: EventLog, group: string, concurrency = 16): Reader => {
  const leaving = new AbortController();
  const iterator = log.deliveries(group, { concurrency, signal: leaving.signal })[Symbol.asyncIterator]();
  let reading: Promise<IteratorResult<Delivery>> | undefined;
  let over = (_left: number): void => undefined;
  const ended = new Promise<number>((resolve) => {
    over = resolve;
  });

  const pull = (): Promise<IteratorResult<Delivery>> => {
    reading = iterator.next();
    return reading;
  };

  return {
    next: async () => {
      const { done, value } = await pull();
      if (done === true) throw new Error('There are no more deliveries.');
      return value;
    },
    each: () => ({ [Symbol.asyncIterator]: () => ({ next: pull }) }),
    close: async () => {
      leaving.abort();
      await reading?.catch(() => undefined);
      let left = 0;
      while ((await iterator.next()).done !== true) left += 1;
      over(left);
    },
    ended,
  };
};
