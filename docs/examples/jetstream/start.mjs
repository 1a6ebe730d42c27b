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
const children = [broker];
const fail = (sentence) => {
  console.error(sentence);
  process.exit(1);
};
// However this ends, nothing stays behind.
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
broker.once('error', () => fail('There is no nats-server here. On Debian: apt-get install nats-server'));
const server = await startServer();
const rooms = ['garden', 'kitchen', 'attic'];
for (const id of rooms) server.createConversation({ id, participants: ['archivist', 'bob'] });

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
  children.push(child);
  child.on('message', ({ key, attempt, dead, error }) => {
    if (dead !== undefined) fail(`Event ${dead} could not be handled: ${error}`);
    handled.set(key, Math.max(attempt, handled.get(key) ?? 0));
  });
  child.on('exit', (code) => {
    if (code > 0) fail(`${file} ended with code ${code}.`);
  });
  return child;
};
setTimeout(() => fail(`Only ${handled.size} of ${MESSAGES} were handled.`), 120_000).unref();
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

while (handled.size < MESSAGES) await sleep(20);
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
