import type { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';
import { checkAppended, checkConversationId, checkDeliveries } from '../../lib/worker/checkLogCalls.js';
import type { Delivery } from '../../lib/worker/Delivery.js';
import type { EventLog } from '../../lib/worker/EventLog.js';
import { createWaitingLine } from '../../lib/worker/jetstream/waitingLine.js';

/** An event log in this process, for specs that are about something else. */
export interface MemoryEventLog extends EventLog {
  /** What it holds of a conversation. */
  eventsOf(conversationId: string): readonly ConversationMessageEvent[];
}

interface Group {
  /** How many events of each conversation are settled. */
  readonly settled: Map<string, number>;
  readonly attempts: Map<string, number>;
  readonly held: Set<string>;
  readonly wake: Set<() => void>;
}

export const memoryEventLog = (): MemoryEventLog => {
  const logs = new Map<string, ConversationMessageEvent[]>();
  const groups = new Map<string, Group>();

  const eventsOf = (conversationId: string): ConversationMessageEvent[] => logs.get(conversationId) ?? [];
  const groupOf = (name: string): Group => {
    const group = groups.get(name) ?? {
      settled: new Map(),
      attempts: new Map(),
      held: new Set(),
      wake: new Set(),
    };
    groups.set(name, group);
    return group;
  };
  const lastOf = (conversationId: string): number =>
    eventsOf(conversationId).at(-1)?.conversationEventId ?? -1;

  const nextFor = (name: string, onOver: () => void): Delivery | undefined => {
    const group = groupOf(name);
    for (const [id, events] of logs) {
      const event = events[group.settled.get(id) ?? 0];
      if (event === undefined || group.held.has(id)) continue;
      group.held.add(id);
      const key = `${name}/${id}/${event.conversationEventId}`;
      const attempt = (group.attempts.get(key) ?? 0) + 1;
      group.attempts.set(key, attempt);
      let isSettled = false;
      const settle = (): Promise<void> => {
        if (isSettled) return Promise.reject(new Error('It was settled before.'));
        isSettled = true;
        onOver();
        return Promise.resolve();
      };
      const giveFree = (): void => {
        group.held.delete(id);
        for (const wake of group.wake) wake();
      };
      return {
        event,
        key,
        attempt,
        lost: new AbortController().signal,
        ack: async () => {
          await settle();
          group.settled.set(id, (group.settled.get(id) ?? 0) + 1);
          giveFree();
        },
        retry: async (afterMs) => {
          await settle();
          setTimeout(giveFree, afterMs);
        },
      };
    }
    return undefined;
  };

  async function* deliveries(
    name: string,
    { concurrency, signal }: Parameters<EventLog['deliveries']>[1],
  ): AsyncGenerator<Delivery> {
    const line = createWaitingLine<Delivery>(concurrency);
    let inHand = 0;
    const look = (): void => {
      while (!signal.aborted && inHand < concurrency) {
        const delivery = nextFor(name, () => {
          inHand -= 1;
          line.free();
          queueMicrotask(look);
        });
        if (delivery === undefined) return;
        inHand += 1;
        line.put(delivery);
      }
    };
    const { wake } = groupOf(name);
    const end = (): void => {
      wake.delete(look);
      for (const delivery of line.end()) void delivery.retry(0);
    };
    signal.addEventListener('abort', end);
    if (signal.aborted) return;
    wake.add(look);
    look();
    for (;;) {
      const delivery = await line.take();
      if (delivery === undefined) return;
      yield delivery;
    }
  }

  return {
    eventsOf,
    append: async (event, after, signal) => {
      await Promise.resolve();
      checkAppended(event, after);
      signal?.throwIfAborted();
      const { conversationId, conversationEventId } = event;
      const last = lastOf(conversationId);
      if (conversationEventId <= last) return { kind: 'duplicate' };
      if (last !== (after === 'baseline' ? -1 : after)) return { kind: 'conflict', last };
      logs.set(conversationId, [...eventsOf(conversationId), event]);
      for (const { wake } of groups.values()) for (const each of wake) each();
      return { kind: 'appended' };
    },
    last: async (conversationId) => {
      await Promise.resolve();
      checkConversationId(conversationId);
      return logs.has(conversationId) ? lastOf(conversationId) : undefined;
    },
    deliveries: (name, options) => {
      checkDeliveries(name, options);
      return deliveries(name, options);
    },
  };
};
