// The process with the sockets: whatever is said goes into the log.
import { connect } from '@nats-io/transport-node';
import { createClient } from 'comapi-rx';
import { nodeWebSocket } from 'comapi-rx/node';
import { bridgeToLog, jetStreamEventLog } from 'comapi-rx/worker';

const { NATS_PORT, API_SPACE, URL_BASE, WEB_SOCKET_BASE, TOKEN } = process.env;

// Whoever starts first waits for the other.
const connection = await connect({
  port: Number(NATS_PORT),
  waitOnFirstConnect: true,
  maxReconnectAttempts: -1,
});
const client = createClient({
  apiSpaceId: API_SPACE,
  urlBase: URL_BASE,
  webSocketBase: WEB_SOCKET_BASE,
  getToken: () => TOKEN,
  webSocketCtor: nodeWebSocket(),
});
const log = await jetStreamEventLog({ connection, space: API_SPACE });
const run = bridgeToLog({ client, conversations: 'mine', log });

process.once('SIGTERM', async () => {
  await run.stop();
  await client.close();
  await connection.close();
});
await run.done;
