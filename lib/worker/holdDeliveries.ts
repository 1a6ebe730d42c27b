import type { Delivery } from './Delivery.js';

/** Knows what is in hand. */
export interface HeldDeliveries {
  readonly size: number;
  /** The same deliveries, each held from now until it is settled or lost. */
  from(source: AsyncIterable<Delivery>): AsyncIterable<Delivery>;
  /** Gives back whatever is held; resolves when all of it is settled, or lost. */
  giveBack(): Promise<void>;
}

/**
 * Keeps track of deliveries, so that none stays in the hands of somebody who has stopped: neither one whose handler
 * never came to an end nor one that was handed over at the very moment of the stop.
 */
export const holdDeliveries = (): HeldDeliveries => {
  const held = new Set<Delivery>();

  const hold = (delivery: Delivery): Delivery => {
    const { event, key, attempt, lost } = delivery;
    const drop = (): void => {
      held.delete(delivery);
      // A log may have one signal for many deliveries.
      lost.removeEventListener('abort', drop);
    };
    held.add(delivery);
    lost.addEventListener('abort', drop);
    return {
      event,
      key,
      attempt,
      lost,
      ack: async () => {
        await delivery.ack();
        drop();
      },
      retry: async (afterMs) => {
        await delivery.retry(afterMs);
        drop();
      },
    };
  };

  return {
    get size() {
      return held.size;
    },
    from: (source) => ({
      [Symbol.asyncIterator]: () => {
        const iterator = source[Symbol.asyncIterator]();
        return {
          next: async () => {
            const next = await iterator.next();
            return next.done === true ? next : { done: false, value: hold(next.value) };
          },
          return: async () => {
            await iterator.return?.();
            return { done: true, value: undefined };
          },
        };
      },
    }),
    giveBack: async () => {
      await Promise.allSettled([...held].map((delivery) => delivery.retry(0)));
    },
  };
};
