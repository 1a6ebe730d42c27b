import type { JetStreamManager } from '@nats-io/jetstream';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { fullJitter } from '../../stream/backoff.js';
import { checkDeliveries } from '../checkLogCalls.js';
import type { Delivery } from '../Delivery.js';
import type { EventLog } from '../EventLog.js';
import { brokerFault, isTransientFault } from './brokerFault.js';
import type { ConnectionWatch } from './connectionWatch.js';
import { deliveryInfo } from './deliveryInfo.js';
import { leasedDelivery } from './leasedDelivery.js';
import { type ConsumerNames, openConsumers } from './openConsumers.js';
import type { StreamPlan } from './openStream.js';
import { watchPauses } from './pauseWatch.js';
import { pullPartitions } from './pullPartitions.js';
import { rest } from '../rest.js';
import { decodeStored } from './storedEvent.js';
import { createWaitingLine } from './waitingLine.js';

export interface DeliveryParts {
  readonly connection: NatsConnection;
  readonly watch: ConnectionWatch;
  readonly manager: JetStreamManager;
  readonly plan: StreamPlan;
  readonly ackWaitMs: number;
  readonly inboxPrefix: string;
}

/** Makes `deliveries` of the log. */
export const deliveriesFrom =
  (parts: DeliveryParts): EventLog['deliveries'] =>
  (group, options) => {
    checkDeliveries(group, options);
    const { concurrency, signal } = options;
    const pending = new Map<number, number>();

    async function* deliveries(): AsyncGenerator<Delivery> {
      const consumerOf = await consumersWhenPossible(parts, group, signal);
      if (consumerOf === undefined) return;
      const reader = openReader(parts, { group, concurrency, consumerOf, pending });
      signal.addEventListener('abort', reader.end);
      if (signal.aborted) reader.end();
      try {
        for (;;) {
          const delivery = await reader.take();
          if (delivery === undefined) return;
          yield delivery;
        }
      } finally {
        signal.removeEventListener('abort', reader.end);
        reader.end();
      }
    }

    return {
      [Symbol.asyncIterator]: deliveries,
      get lag() {
        return [...pending.values()].reduce((sum, count) => sum + count, 0);
      },
    };
  };

/** Tries for as long as it is only that the broker cannot be reached. */
const consumersWhenPossible = async (
  { manager, plan, ackWaitMs }: DeliveryParts,
  group: string,
  signal: AbortSignal,
): Promise<ConsumerNames | undefined> => {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await openConsumers(manager, plan, { group, ackWaitMs });
    } catch (error) {
      const fault = brokerFault(error);
      if (!isTransientFault(fault)) throw fault;
      await rest(
        fullJitter({ attempt, initialDelayMs: 200, maxDelayMs: 5_000, random: Math.random }),
        signal,
      );
    }
  }
  return undefined;
};

interface ReaderOptions {
  readonly group: string;
  readonly concurrency: number;
  readonly consumerOf: ConsumerNames;
  /** Keeps how many events wait in each partition. */
  readonly pending: Map<number, number>;
}

interface Reader {
  take(): Promise<Delivery | undefined>;
  end: () => void;
}

const openReader = (
  { connection, watch, manager, plan, ackWaitMs, inboxPrefix }: DeliveryParts,
  { group, concurrency, consumerOf, pending }: ReaderOptions,
): Reader => {
  const line = createWaitingLine<Delivery>(concurrency);
  const pauses = watchPauses(ackWaitMs / 2);
  const keyGroup = group.replaceAll(/[%/]/g, encodeURIComponent);
  let isOver = false;

  const say = async (reply: string, word: string, timeout: number): Promise<void> => {
    // What is said while there is no connection would be kept, and heard long after it stopped being true.
    if (!watch.isConnected) throw new Error('not connected');
    await connection.request(reply, word, { timeout: Math.max(1, timeout) });
  };

  const hand = (message: Msg, partition: number): void => {
    const { reply = '' } = message;
    const info = deliveryInfo(reply);
    // What may have lain in a buffer may be somebody else's already. It comes again.
    if (info === undefined || pauses.hasPaused) {
      pull.done(partition);
      return;
    }
    pending.set(partition, info.pending);
    const event = decodeStored(message.data);
    if (event === undefined) {
      passUnreadable(reply, info.attempt);
      pull.done(partition);
      return;
    }
    const delivery: Delivery = leasedDelivery({
      event,
      key: `${keyGroup}/${event.conversationId}/${event.conversationEventId}`,
      attempt: info.attempt,
      waitMs: ackWaitMs,
      onClosed: (listener) =>
        watch.onChange((change) => {
          if (change === 'closed') listener();
        }),
      say: (word, timeoutMs) => say(reply, word, timeoutMs),
      pause: () => rest(SAY_AGAIN_MS),
      onOver: () => {
        if (!line.drop(delivery)) line.free();
        if (isOver) return;
        pull.done(partition);
        pull.resume();
      },
    });
    line.put(delivery);
  };

  /** A newer reader in the group may know better; if none does, nobody waits for ever. */
  const passUnreadable = (reply: string, attempt: number): void => {
    const word = attempt < UNREADABLE_TRIES ? `-NAK ${JSON.stringify({ delay: 10 ** 9 })}` : '+TERM';
    say(reply, word, ackWaitMs).catch(() => undefined);
  };

  const checkConsumer = (partition: number): void => {
    manager.consumers.info(plan.stream, consumerOf(partition)).catch((error: unknown) => {
      const fault = brokerFault(error);
      if (!isTransientFault(fault)) line.fail(fault);
    });
  };

  const pull = pullPartitions({
    connection,
    plan,
    inboxPrefix,
    consumerOf,
    hasRoom: () => line.hasRoom,
    onMessage: hand,
    onNothing: (partition) => {
      pending.delete(partition);
    },
    onUnwell: checkConsumer,
    onFailure: (error) => {
      line.fail(brokerFault(error));
    },
  });
  const unwatch = watch.onChange((change) => {
    if (change === 'closed') line.fail(brokerFault(closedConnection()));
    pull.forget();
    if (change === 'back') pull.look();
  });
  const unmind = watch.onForbidden((subject, error) => {
    // Without the word to settle them, the same events would come again and again.
    const isAck = subject.startsWith('$JS.ACK.') && subject.includes(`.${plan.stream}.`);
    if (isAck || pull.asksAt(subject)) line.fail(brokerFault(error));
  });
  if (connection.isClosed()) line.fail(brokerFault(closedConnection()));
  pull.look();

  return {
    take: () => line.take(),
    end: () => {
      if (isOver) return;
      isOver = true;
      unwatch();
      unmind();
      pull.end();
      pauses.end();
      // Nobody has begun with these.
      for (const delivery of line.end()) delivery.retry(0).catch(() => undefined);
    },
  };
};

const UNREADABLE_TRIES = 5;
const SAY_AGAIN_MS = 100;

const closedConnection = (): Error => Object.assign(new Error('closed'), { name: 'ClosedConnectionError' });
