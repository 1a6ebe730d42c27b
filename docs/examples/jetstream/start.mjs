// Starts everything, talks, kills a processor, and checks that all was handled.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from 'comapi-rx/server';

const MESSAGES = 200;

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
};

// ---- the two servers

const directory = mkdtempSync(path.join(tmpdir(), 'comapi-rx-example-'));
const port = await freePort();
const broker = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', directory], {
  stdio: 'ignore',
  env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
});
broker.once('error', () => {
  console.error('There is no nats-server here. On Debian: apt-get install nats-server');
  process.exit(1);
});
const server = await startServer();
const rooms = ['garden', 'kitchen', 'attic'];
for (const id of rooms) server.createConversation({ id, participants: ['archivist', 'bob'] });
await sleep(500);

// ---- the processes

const env = {
  ...process.env,
  NATS_PORT: String(port),
  API_SPACE: server.apiSpaceId,
  URL_BASE: server.urlBase,
  WEB_SOCKET_BASE: server.webSocketBase,
  TOKEN: server.issueToken('archivist'),
};
const handled = new Map();
const start = (file) => {
  const child = fork(path.join(import.meta.dirname, file), { env });
  child.on('message', ({ key, attempt }) => handled.set(key, Math.max(attempt, handled.get(key) ?? 0)));
  return child;
};
const bridge = start('bridge.mjs');
const first = start('processor.mjs');

for (let nr = 0; nr < MESSAGES; nr += 1) {
  server.publish(rooms[nr % rooms.length], { from: 'bob', text: `Message ${nr}` });
  await sleep(5);
}
while (handled.size < 20) await sleep(20);
console.log(`${handled.size} of ${MESSAGES} handled. The processor is killed, and another one starts.`);
first.kill('SIGKILL');
const second = start('processor.mjs');

const limit = setTimeout(() => {
  console.error(`Only ${handled.size} of ${MESSAGES} were handled.`);
  process.exit(1);
}, 60_000);
while (handled.size < MESSAGES) await sleep(20);
clearTimeout(limit);
const again = [...handled.values()].filter((attempt) => attempt > 1).length;
console.log(`All ${MESSAGES} messages were handled; ${again} of them were delivered more than once.`);

// ---- the end

for (const child of [second, bridge]) {
  child.kill('SIGTERM');
  await once(child, 'exit');
}
await server.close();
broker.kill();
await once(broker, 'exit');
rmSync(directory, { recursive: true, force: true });
