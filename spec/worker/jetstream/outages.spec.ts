import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { EventLog } from '../../../lib/worker/EventLog.js';
import {
  jetStreamEventLog,
  type JetStreamEventLogOptions,
} from '../../../lib/worker/jetstream/jetStreamEventLog.js';
import { eventAt } from '../events.js';
import { openReader, type Reader } from '../openReader.js';
import { type Broker, startBroker } from './broker.js';
import { withBroker } from './withBroker.js';

const untilDisconnected = async (connection: NatsConnection): Promise<void> => {
  for await (const { type } of connection.status()) if (type === 'disconnect') return;
};

/** Until the broker was told so many times that somebody is still at work. */
const untilAtWork = async (connection: NatsConnection, times: number): Promise<void> => {
  let told = 0;
  for await (const message of connection.subscribe('$JS.ACK.>')) {
    if (message.string() === '+WPI') told += 1;
    if (told === times) return;
  }
};

withBroker('jetStreamEventLog, when things go wrong', () => {
  let broker: Broker;
  let connections: NatsConnection[] = [];
  let readers: Reader[] = [];
  let space = 0;

  const connected = async (port = broker.port): Promise<NatsConnection> => {
    const connection = await connect({ port, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
    connections.push(connection);
    return connection;
  };
  const openLog = async (options: Partial<JetStreamEventLogOptions> = {}): Promise<EventLog> =>
    jetStreamEventLog({
      connection: await connected(),
      space: `space ${space}`,
      ...options,
    });
  const read = (log: EventLog, concurrency = 16): Reader => {
    const reader = openReader(log, 'g', concurrency);
    readers.push(reader);
    return reader;
  };
  const fill = async (log: EventLog, from: number, to: number): Promise<void> => {
    for (let id = from; id <= to; id += 1) await log.append(eventAt('c', id), id === 0 ? 'baseline' : id - 1);
  };

  beforeAll(async () => {
    broker = await startBroker();
  });
  beforeEach(() => {
    space += 1;
  });
  afterEach(async () => {
    broker.signal('SIGCONT');
    await Promise.all(connections.map((connection) => connection.close()));
    // With the connection closed there are no more deliveries to wait for.
    await Promise.allSettled(readers.map((reader) => reader.close()));
    connections = [];
    readers = [];
  });
  afterAll(() => broker.close());

  it('refuses another number of partitions than the log was made with', async () => {
    await openLog({ partitions: 16 });

    await expect(openLog({ partitions: 64 })).rejects.toThrow(
      `The log of the space "space ${space}" has 16 partitions and not 64: ` +
        'their number is chosen once and for ever, because order is kept within a partition.',
    );
    await expect(openLog({ partitions: 16 })).resolves.toBeDefined();
  });

  it('opens once when many open it at the same moment, and tells those who count differently', async () => {
    const opened = await Promise.allSettled([3, 3, 5, 5, 5, 3].map((partitions) => openLog({ partitions })));
    const refusals = opened.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));

    expect(refusals).toHaveLength(3);
    expect(refusals.every((reason) => /has [35] partitions and not [35]/.test(reason))).toBe(true);
  });

  it('refuses another number of replicas, and what one server cannot do', async () => {
    await expect(openLog({ replicas: 3 })).rejects.toMatchObject({
      code: 'refused',
      message: 'The broker refused: replicas > 1 not supported in non-clustered mode.',
    });
    await openLog();
    await expect(openLog({ replicas: 3 })).rejects.toThrow(/has replicas: 1 and not 3; change it with: nats/);
  });

  it('does not touch a stream of somebody else’s', async () => {
    const manager = await jetstreamManager(await connected());
    await manager.streams.add({ name: `COMAPI-space_0020${space}`, subjects: [`theirs.${space}`] });

    await expect(openLog()).rejects.toThrow(/is there but is not the log of the space/);
  });

  it('says that there is no JetStream', async () => {
    const plain = await startBroker({ jetStream: false });
    try {
      await expect(openLog({ connection: await connected(plain.port) })).rejects.toMatchObject({
        code: 'refused',
        message: 'The broker does not run JetStream for this account.',
      });
    } finally {
      await plain.close();
    }
  });

  it('refuses a server that is too old, before it asks anything of it', async () => {
    const connection = await connected();
    const old: NatsConnection = Object.create(connection, {
      info: { value: { ...connection.info, version: '2.8.4' } },
    });

    await expect(openLog({ connection: old })).rejects.toThrow('this one is "2.8.4"');
  });

  it.each([{}, { info: { version: '2.11.0' } }, { isClosed: true }])(
    'refuses %j, which is no connection of NATS',
    async (connection: object) => {
      const given = connection as NatsConnection;

      await expect(jetStreamEventLog({ connection: given, space: 's' })).rejects.toThrow(
        new TypeError(
          'connection must be a connection of NATS, as connect() of @nats-io/transport-node gives it.',
        ),
      );
    },
  );

  it.each([{ partitions: 0 }, { partitions: Infinity }, { replicas: 6 }, { ackWaitMs: 10 }])(
    'refuses %j',
    async (wrong) => {
      const connection = await connected();

      expect(() => jetStreamEventLog({ connection, space: 's', ...wrong })).toThrow(RangeError);
      expect(() => jetStreamEventLog({ connection, space: '' })).toThrow(TypeError);
    },
  );

  it('keeps what it said it has when the broker is killed', async () => {
    const log = await openLog();
    await fill(log, 0, 20);
    await broker.restart();

    expect(await log.last('c')).toBe(20);
    expect(await log.append(eventAt('c', 20), 19)).toEqual({ kind: 'duplicate' });
    expect(await log.append(eventAt('c', 21), 20)).toEqual({ kind: 'appended' });
  });

  it('hands out what is left after the broker was killed, without anybody starting anew', async () => {
    const log = await openLog({ ackWaitMs: 3_000 });
    await fill(log, 0, 2);
    const reader = read(log);
    await (await reader.next()).ack();
    await broker.restart();

    const seen = [0];
    while (!seen.includes(2)) {
      const { event, ack } = await reader.next();
      await ack();
      seen.push(event.conversationEventId);
    }
    // What was acknowledged just before may come again. What comes for the first time comes in order.
    expect([...new Set(seen)]).toEqual([0, 1, 2]);
  });

  it('settles what was in hand while the broker was gone, if it is back in time', async () => {
    const connection = await connected();
    const log = await openLog({ connection });
    await fill(log, 0, 1);
    const reader = read(log);
    const first = await reader.next();
    const isLost = untilDisconnected(connection);
    // One that is killed may have forgotten that it had handed out the first one, and do it again.
    await broker.stop();
    await isLost;
    const acked = first.ack();
    await broker.restart();
    await acked;

    expect((await reader.next()).event.conversationEventId).toBe(1);
  });

  it('keeps an event in the hands of a slow handler, for several times the patience of the broker', async () => {
    const log = await openLog({ ackWaitMs: 1_000 });
    await fill(log, 0, 1);
    const slow = read(log);
    const other = read(await openLog({ ackWaitMs: 1_000 }));
    const first = await slow.next();
    let isElsewhere = false;
    other.next().then(
      () => {
        isElsewhere = true;
      },
      () => undefined,
    );
    // It is told five times in each of its waits.
    await untilAtWork(await connected(), 17);

    expect(isElsewhere).toBe(false);
    expect(first.lost.aborted).toBe(false);
    await first.ack();
  });

  it('gives to another reader what one has died with, one attempt on, under the same key', async () => {
    const connection = await connected();
    const dying = await openLog({ connection, ackWaitMs: 1_000 });
    await fill(dying, 0, 0);
    const first = await read(dying).next();
    const next = read(await openLog({ ackWaitMs: 1_000 })).next();
    await connection.close();

    expect(first.lost.aborted).toBe(true);
    expect(await next).toMatchObject({ attempt: 2, key: first.key, event: eventAt('c', 0) });
    await (await next).ack();
  });

  it('says that an event is lost when the broker was not heard of for too long, and acknowledges it no more', async () => {
    const log = await openLog({ ackWaitMs: 1_000 });
    await fill(log, 0, 1);
    const reader = read(log);
    const first = await reader.next();
    broker.signal('SIGSTOP');
    await expect(first.ack()).rejects.toMatchObject({ code: 'conflict' });
    expect(first.lost.aborted).toBe(true);
    broker.signal('SIGCONT');
    // Acknowledgements on the way may still arrive: an ack is the truth whenever the broker hears it. But the reader
    // knows no more than that, and so whatever comes next is an event that was not acknowledged.
    const next = await reader.next();
    await next.ack();

    expect([0, 1]).toContain(next.event.conversationEventId);
  });

  it('passes over what is no event, after others had their chance with it', async () => {
    const connection = await connected();
    const log = await openLog({ connection, partitions: 1 });
    await fill(log, 0, 0);
    connection.publish(`comapi.space_0020${space}.p1.0.c`, '{"no": "event"}');
    await connection.flush();
    await log.append(eventAt('d', 7), 'baseline');
    const reader = read(log);
    const first = await reader.next();
    await first.ack();

    expect((await reader.next()).event).toEqual(eventAt('d', 7));
    await expect(log.last('c')).rejects.toMatchObject({
      code: 'invalid-response',
      message: `Message 2 of the stream COMAPI-space_0020${space} is no event: where its conversation ends is not known.`,
    });
  });

  it('can be written anew after a conversation was erased', async () => {
    const connection = await connected();
    const log = await openLog({ connection });
    await fill(log, 0, 3);
    const manager = await jetstreamManager(connection);
    await manager.streams.purge(`COMAPI-space_0020${space}`, {
      filter: `comapi.space_0020${space}.p64.*.c`,
    });

    expect(await log.last('c')).toBeUndefined();
    expect(await log.append(eventAt('c', 0), 'baseline')).toEqual({ kind: 'appended' });
    expect(await log.last('c')).toBe(0);
  });

  it('fails loudly when its consumers are deleted', async () => {
    const connection = await connected();
    const log = await openLog({ connection, partitions: 1 });
    const reader = read(log);
    const next = reader.next();
    next.catch(() => undefined);
    const manager = await jetstreamManager(connection);
    const stream = `COMAPI-space_0020${space}`;
    let names: readonly { readonly name: string }[] = [];
    while (names.length === 0) names = await manager.consumers.list(stream).next();
    await manager.consumers.delete(stream, 'g-p0');

    await expect(next).rejects.toMatchObject({ code: 'refused' });
  });

  it('ends with the connection', async () => {
    const connection = await connected();
    const log = await openLog({ connection });
    const next = read(log).next();
    next.catch(() => undefined);
    await log.last('c');
    await connection.close();

    await expect(next).rejects.toMatchObject({ code: 'closed' });
    await expect(log.last('c')).rejects.toMatchObject({ code: 'closed' });
    await expect(log.append(eventAt('c', 0), 'baseline')).rejects.toMatchObject({ code: 'closed' });
  });

  it('refuses an event that is bigger than the broker takes, and knows nothing of it then', async () => {
    const log = await openLog();
    const big = eventAt('c', 0);

    await expect(
      log.append({ ...big, conversationId: 'c', eventId: 'x'.repeat(2_000_000) }, 'baseline'),
    ).rejects.toMatchObject({ code: 'refused' });
    expect(await log.last('c')).toBeUndefined();
  });
});
