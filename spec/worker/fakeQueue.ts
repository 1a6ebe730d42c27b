import type { Delivery } from '../../lib/worker/Delivery.js';
import type { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';

/** The event of this position. */
export const eventOf = (
  conversationEventId: number,
  conversationId = 'garden',
): ConversationMessageEvent => ({
  name: 'conversationMessage.sent',
  conversationId,
  conversationEventId,
  payload: { messageId: `m${conversationEventId}` },
});

/** A queue of deliveries as a broker would keep it: what is put back comes again first. */
export interface FakeQueue {
  readonly deliveries: () => AsyncIterable<Delivery>;
  /** What was settled, in order: `ack 0`, `retry 0 after 100`. */
  readonly log: readonly string[];
  /** How many deliveries were handed out. */
  readonly handedOut: number;
  /** Takes a delivery away from whoever has it. */
  lose(position: number): void;
}

export interface FakeQueueOptions {
  /** Default: it ends after the last one. */
  readonly staysOpen?: boolean;
  readonly ack?: (position: number) => Promise<void>;
}

export const fakeQueue = (positions: readonly number[], options: FakeQueueOptions = {}): FakeQueue => {
  const { staysOpen = false, ack = () => Promise.resolve() } = options;
  const log: string[] = [];
  const owners = new Map<number, AbortController>();
  const waiting = positions.map((position) => ({ position, attempt: 1 }));
  let handedOut = 0;

  const deliver = (position: number, attempt: number): Delivery => {
    const owner = new AbortController();
    owners.set(position, owner);
    return {
      event: eventOf(position),
      key: `garden/${position}`,
      attempt,
      lost: owner.signal,
      ack: async () => {
        await ack(position);
        log.push(`ack ${position}`);
      },
      retry: (afterMs) => {
        log.push(`retry ${position} after ${afterMs}`);
        waiting.unshift({ position, attempt: attempt + 1 });
        return Promise.resolve();
      },
    };
  };

  async function* deliveries(): AsyncGenerator<Delivery> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      handedOut += 1;
      yield deliver(next.position, next.attempt);
    }
    if (staysOpen) await new Promise(() => undefined);
  }

  return {
    deliveries,
    log,
    get handedOut() {
      return handedOut;
    },
    lose: (position) => owners.get(position)?.abort(),
  };
};
