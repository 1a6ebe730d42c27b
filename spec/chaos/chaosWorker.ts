// A worker that is going to be killed. Its effect is a line in a file: `life key`.
import { openSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { createClient } from '../../lib/client/createClient.js';
import { nodeWebSocket } from '../../lib/transport/nodeWebSocket.js';
import { levelCursorStore } from '../../lib/worker/levelCursorStore.js';
import { runWorker } from '../../lib/worker/runWorker.js';
import type { ChaosOrders } from './ChaosOrders.js';

const orders = JSON.parse(process.argv[2] ?? '') as ChaosOrders;
const file = openSync(orders.effects, 'a');
let effects = 0;

const client = createClient({
  apiSpaceId: orders.apiSpaceId,
  urlBase: orders.urlBase,
  webSocketBase: orders.webSocketBase,
  webSocketCtor: nodeWebSocket(),
  getToken: () => orders.token,
  profileId: 'archivist',
  reconnect: { initialDelayMs: 50, maxDelayMs: 500 },
  history: { holeGraceMs: 300, repollMs: 50, confirmProbeMs: 300, idleProbeMs: 2_000, maxConcurrent: 8 },
});

const run = runWorker({
  client,
  conversations: 'mine',
  store: levelCursorStore(orders.store),
  concurrency: 32,
  handle: async ({ conversationEventId }, { key, signal }) => {
    // Some handlers take a moment, so that others overtake them in other conversations.
    if (conversationEventId % 7 === 0) await setImmediate(undefined, { signal });
    writeSync(file, `${orders.life} ${key}\n`);
    effects += 1;
    // Between effect and commit, as a process dies: nothing is said, nothing is put away.
    if (effects === orders.dieAfter) process.kill(process.pid, 'SIGKILL');
  },
});

process.once('SIGTERM', () => void run.stop());
await run.done;
await client.close();
