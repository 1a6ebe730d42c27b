// The process with the handler: no sockets, no tokens. Start as many as you like.
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { jetStreamEventLog, processLog } from 'comapi-rx/worker';

const { NATS_PORT, API_SPACE } = process.env;

// Whoever starts first waits for the other.
const connection = await connect({
  port: Number(NATS_PORT),
  waitOnFirstConnect: true,
  maxReconnectAttempts: -1,
});
const log = await jetStreamEventLog({ connection, space: API_SPACE, ackWaitMs: 1_000 });
const run = processLog({
  log,
  group: 'example',
  handle: async (_event, { key, attempt }) => {
    // A real one would hand the key on to whatever it calls here.
    await sleep(30);
    process.send({ key, attempt });
  },
  deadLetter: (event, error) => process.send({ dead: event.conversationEventId, error: String(error) }),
});

process.once('SIGTERM', async () => {
  await run.stop();
  await connection.close();
  process.disconnect();
});
await run.done;
