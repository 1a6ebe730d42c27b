import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Client } from '../../../lib/client/Client.js';
import { startServer } from '../../../lib/server/startServer.js';
import { bridgeToLog } from '../../../lib/worker/bridgeToLog.js';
import type { EventLog } from '../../../lib/worker/EventLog.js';
import { jetStreamEventLog } from '../../../lib/worker/jetstream/jetStreamEventLog.js';
import { processLog } from '../../../lib/worker/processLog.js';
import { localClient } from '../../journey/localClient.js';
import { tracesOf } from '../../support/tracesOf.js';
import { eventAt } from '../events.js';
import { openReader } from '../openReader.js';
import { type Broker, startBroker } from './broker.js';
import { withBroker } from './withBroker.js';

const SECRETS = { 'the password of the broker': 'canary-in-password' };

/** Who may publish where. */
const USERS: Readonly<Record<string, readonly string[]>> = {
  all: ['>'],
  nobody: ['_INBOX.>'],
  onlooker: ['$JS.API.STREAM.INFO.*'],
  'no puller': ['$JS.API.STREAM.>', '$JS.API.CONSUMER.INFO.>', '$JS.API.CONSUMER.CREATE.>'],
  'no acker': ['$JS.API.>'],
  // As docs/guides/jetstream.md has it.
  bridge: ['comapi.garden.>', '$JS.API.STREAM.INFO.COMAPI-garden', '$JS.API.STREAM.MSG.GET.COMAPI-garden'],
  processor: [
    '$JS.API.STREAM.INFO.COMAPI-garden',
    '$JS.API.CONSUMER.*.COMAPI-garden.>',
    '$JS.API.CONSUMER.MSG.NEXT.COMAPI-garden.>',
    '$JS.ACK.COMAPI-garden.>',
  ],
};

const config = `authorization { users = [${Object.entries(USERS)
  .map(
    ([user, publish]) =>
      `{ user: ${JSON.stringify(user)}, password: ${SECRETS['the password of the broker']}, ` +
      `permissions: { publish: ${JSON.stringify(publish)}, subscribe: ["_INBOX.>"] } }`,
  )
  .join(', ')}] }\n`;

withBroker('jetStreamEventLog, over a connection that may not do everything', () => {
  let broker: Broker;
  let connections: NatsConnection[] = [];
  let seen: unknown[] = [];

  const connected = async (
    user: string,
    pass = SECRETS['the password of the broker'],
  ): Promise<NatsConnection> => {
    const connection = await connect({ port: broker.port, user, pass });
    connections.push(connection);
    return connection;
  };
  const openLog = async (user: string): Promise<EventLog> => {
    const log = await jetStreamEventLog({
      connection: await connected(user),
      space: 'garden',
      partitions: 2,
      ackWaitMs: 1_000,
    });
    seen.push(log);
    return log;
  };
  /** The code of what it fails with; which is kept to be looked at. */
  const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
    const error: unknown = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    seen.push(error);
    return error instanceof Error && 'code' in error ? error.code : error;
  };
  const traces = (): readonly string[] => tracesOf(SECRETS, { 'what was seen': seen });

  beforeAll(async () => {
    broker = await startBroker({ config });
    await openLog('all');
  });
  afterEach(async () => {
    await Promise.all(connections.map((connection) => connection.close()));
    connections = [];
    seen = [];
  });
  afterAll(() => broker.close());

  it('says so when it is opened', async () => {
    expect(await codeOf(openLog('nobody'))).toBe('forbidden');
    expect(traces()).toEqual([]);
  });

  it('says so when something is to be written or read, and does not try again', async () => {
    const log = await openLog('onlooker');

    expect(await codeOf(log.append(eventAt('c', 0), 'baseline'))).toBe('forbidden');
    expect(await codeOf(log.last('c'))).toBe('forbidden');
    expect(await codeOf(openReader(log, 'g').next())).toBe('forbidden');
    expect(traces()).toEqual([]);
  });

  it('says so when nothing may be fetched', async () => {
    const log = await openLog('no puller');

    expect(await codeOf(openReader(log, 'g').next())).toBe('forbidden');
    expect(traces()).toEqual([]);
  });

  it('says so when nothing may be acknowledged', async () => {
    const written = await openLog('all');
    await written.append(eventAt('c', 0), 'baseline');
    const handled: string[] = [];
    const run = processLog({
      log: await openLog('no acker'),
      group: 'g',
      handle: (_event, { key }) => void handled.push(key),
    });

    expect(await codeOf(run.done)).toBe('forbidden');
    expect(handled).toEqual(['g/c/0']);
    expect(traces()).toEqual([]);
  });

  it('is enough for a bridge and a processor that have what the guide says', async () => {
    const written = await openLog('bridge');
    await written.append(eventAt('d', 0), 'baseline');
    await written.append(eventAt('d', 1), 0);
    const reader = openReader(await openLog('processor'), 'h');
    const read: unknown[] = [];
    while (read.length < 2) {
      const { event, ack } = await reader.next();
      if (event.conversationId === 'd') read.push(event);
      await ack();
    }
    await reader.close();

    expect(await written.last('d')).toBe(1);
    expect(read).toEqual([eventAt('d', 0), eventAt('d', 1)]);
  });

  it('ends a bridge and a processor', async () => {
    const server = await startServer();
    const clients: Client[] = [];
    try {
      const client = localClient(server, 'archivist', { login: 'getToken' });
      clients.push(client);
      const garden = server.createConversation({ participants: ['archivist', 'bob'] });
      server.publish(garden, { from: 'bob', text: 'Hello' });
      const log = await openLog('onlooker');

      const bridge = bridgeToLog({ client, conversations: 'mine', log });
      const processor = processLog({ log, group: 'g', handle: () => undefined });
      const reasons = await Promise.allSettled([bridge.done, processor.done]);
      seen.push(bridge, processor, reasons);

      expect(reasons).toMatchObject([
        { reason: { name: 'LogError', cause: { code: 'forbidden' } } },
        { reason: { code: 'forbidden' } },
      ]);
      expect(traces()).toEqual([]);
    } finally {
      await Promise.all(clients.map((client) => client.close()));
      await server.close();
    }
  });

  it('shows no password when the connection is lost, closed, or over another password', async () => {
    const log = await openLog('all');
    const reader = openReader(log, 'g');
    const next = codeOf(reader.next());
    await connections[0]?.close();

    expect(await next).toBe('closed');
    expect(await codeOf(log.append(eventAt('c', 0), 'baseline'))).toBe('closed');
    expect(await codeOf(log.last('c'))).toBe('closed');
    expect(traces()).toEqual([]);
  });
});
