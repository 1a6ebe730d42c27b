// Starts a local server and the archiver, and waits until what was said there is in the database. Ends with code 0.
import { fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startServer } from 'comapi-rx/server';
import pg from 'pg';

const server = await startServer();
const garden = server.createConversation({ participants: ['bob', 'archivist'] });
const texts = ['The roses are out.', 'Who has watered them?', 'It was the rain.'];
for (const text of texts) server.publish(garden, { from: 'bob', text });

const archiver = fork(fileURLToPath(new URL('archiver.mjs', import.meta.url)), {
  env: {
    ...process.env,
    COMAPI_SPACE: server.apiSpaceId,
    COMAPI_URL: server.urlBase,
    COMAPI_SOCKET_URL: server.webSocketBase,
    COMAPI_PROFILE: 'archivist',
    COMAPI_TOKEN: server.issueToken('archivist'),
  },
});
let isRunning = true;
const ended = new Promise((resolve) =>
  archiver.once('exit', (code) => {
    isRunning = false;
    resolve(code);
  }),
);

const pool = new pg.Pool();
const readRows = async () => {
  const { rows } = await pool.query(
    'SELECT position, name, payload FROM archive_events WHERE conversation_id = $1 ORDER BY position',
    [garden],
  );
  return rows;
};
let rows = [];
// Until the archiver has made its tables there is nothing to read.
while (isRunning && rows.length < texts.length) {
  await pause(200);
  rows = await readRows().catch(() => []);
}
for (const { position, name, payload } of rows) console.log(position, name, payload.parts?.[0]?.data);

archiver.kill('SIGTERM');
const code = await ended;
console.log(`The archiver ended with code ${code}.`);
process.exitCode = rows.length === texts.length ? code : 1;
await pool.end();
await server.close();
