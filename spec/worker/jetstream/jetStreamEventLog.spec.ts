import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { jetStreamEventLog } from '../../../lib/worker/jetstream/jetStreamEventLog.js';
import { eventLogContract } from '../eventLogContract.js';
import { type Broker, startBroker } from './broker.js';
import { withBroker } from './withBroker.js';

withBroker('jetStreamEventLog', () => {
  let broker: Broker;
  let connections: NatsConnection[] = [];
  let spaces = 0;

  const connected = async (): Promise<NatsConnection> => {
    const connection = await connect({ port: broker.port, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
    connections.push(connection);
    return connection;
  };

  beforeAll(async () => {
    broker = await startBroker();
  });
  afterEach(async () => {
    await Promise.all(connections.map((connection) => connection.close()));
    connections = [];
  });
  afterAll(() => broker.close());

  eventLogContract(() => {
    spaces += 1;
    const space = `contract ${spaces}`;
    return Promise.resolve({
      again: async () => jetStreamEventLog({ connection: await connected(), space, ackWaitMs: 5_000 }),
    });
  });
});
