import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { Delivery } from '../../../lib/worker/Delivery.js';
import { deliveriesFrom } from '../../../lib/worker/jetstream/deliveriesFrom.js';
import { encodeStored } from '../../../lib/worker/jetstream/storedEvent.js';
import { eventAt } from '../events.js';

const STREAM = 'COMAPI-garden';

/** What a broker says of a consumer that it does not have. */
const notFound = (): Error =>
  Object.assign(new Error('consumer not found'), { name: 'ConsumerNotFoundError' });

/** What it says when it cannot say. */
const noAnswer = (): Error => Object.assign(new Error('timeout'), { name: 'TimeoutError' });

type Answer = (partition: number) => Error | undefined;

/**
 * A broker of two partitions that hears every request for an event and answers none of them by itself, as real ones do
 * where the consumer is not there; when asked about a consumer it says what it is told to.
 */
const silentBroker = (consumerInfo: Answer) => {
  const asked: number[] = [];
  const questions: number[] = [];
  let inbox = '';
  let hear: (error: Error | null, message: Msg) => void = () => undefined;

  // They have all that is used of them.
  const connection = {
    isClosed: () => false,
    subscribe: (subject: string, options: { readonly callback: typeof hear }) => {
      inbox = subject.slice(0, -'.*'.length);
      hear = options.callback;
      return { unsubscribe: () => undefined };
    },
    publish: (_subject: string, _payload: unknown, { reply }: { readonly reply: string }) => {
      asked.push(Number(reply.slice(inbox.length + 1)));
    },
    request: () => Promise.resolve(),
  } as unknown as NatsConnection;
  const manager = {
    consumers: {
      add: () => Promise.resolve(),
      info: (_stream: string, name: string) => {
        const partition = Number(name.slice(-1));
        questions.push(partition);
        const error = consumerInfo(partition);
        return error === undefined ? Promise.resolve({}) : Promise.reject(error);
      },
    },
  } as unknown as JetStreamManager;

  return {
    connection,
    manager,
    /** The partitions of which an event was asked for, in order; and of which the consumer was asked after. */
    asked,
    questions,
    /** A request has run out. */
    runOut: (partition: number) => {
      hear(null, { subject: `${inbox}.${partition}`, headers: { code: 408 } } as unknown as Msg);
    },
    deliver: (partition: number, position: number) => {
      const message = {
        subject: `comapi.garden.p2.${partition}.c`,
        reply: `$JS.ACK.${STREAM}.g-p${partition}.1.${position + 1}.1.0.0`,
        data: encodeStored(eventAt('c', position)),
      };
      hear(null, message as unknown as Msg);
    },
  };
};

describe('a reader, where a broker says nothing', () => {
  let leaving: AbortController;
  beforeEach(() => {
    leaving = new AbortController();
    jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate'] });
  });
  afterEach(() => {
    leaving.abort();
    jest.useRealTimers();
  });

  const read = ({ connection, manager }: ReturnType<typeof silentBroker>): AsyncIterator<Delivery> => {
    const deliveries = deliveriesFrom({
      connection,
      manager,
      watch: {
        isConnected: true,
        isClosed: false,
        onChange: () => () => undefined,
        onForbidden: () => () => undefined,
      },
      plan: {
        stream: STREAM,
        partitions: 2,
        subjectOf: (id) => Promise.resolve(id),
        filterOf: (partition) => `comapi.garden.p2.${partition}.*`,
      },
      ackWaitMs: 60_000,
      inboxPrefix: '_INBOX',
    });
    return deliveries('g', { concurrency: 16, signal: leaving.signal })[Symbol.asyncIterator]();
  };

  it('ends within twelve seconds where its consumer is gone', async () => {
    const broker = silentBroker((partition) => (partition === 1 ? notFound() : undefined));
    const reader = read(broker);
    const outcome = reader.next().catch((error: unknown) => error);

    await jest.advanceTimersByTimeAsync(10_900);
    expect(broker.questions).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_100);

    expect(broker.questions).toEqual([0, 1]);
    expect(await outcome).toMatchObject({
      code: 'refused',
      message: 'The broker refused: consumer not found.',
    });
  });

  it.each<[string, Answer]>([
    ['its consumers are there', () => undefined],
    ['nobody knows', noAnswer],
  ])('asks again, and goes on, where %s', async (_what, answer) => {
    const broker = silentBroker(answer);
    const reader = read(broker);
    const next = reader.next();
    await jest.advanceTimersByTimeAsync(0);
    expect(broker.asked).toEqual([0, 1]);

    await jest.advanceTimersByTimeAsync(12_000);
    expect(broker.asked).toEqual([0, 1, 0, 1]);
    broker.deliver(1, 0);

    expect((await next).value).toMatchObject({ event: eventAt('c', 0), key: 'g/c/0' });
  });

  it('asks after nobody who tells that there is nothing', async () => {
    const broker = silentBroker(notFound);
    const next = read(broker).next();
    for (let seconds = 0; seconds < 60; seconds += 10) {
      await jest.advanceTimersByTimeAsync(10_000);
      for (const partition of [0, 1]) broker.runOut(partition);
    }
    broker.deliver(0, 0);
    await next;

    expect(broker.questions).toEqual([]);
    expect(broker.asked).toHaveLength(14);
  });
});
