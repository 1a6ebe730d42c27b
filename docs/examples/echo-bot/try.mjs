// Starts a local server and the bot, says something, and waits for the answer. Ends with code 0 when it has come.
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from 'comapi-rx';
import { nodeWebSocket } from 'comapi-rx/node';
import { startServer } from 'comapi-rx/server';
import { filter, firstValueFrom, map, tap } from 'rxjs';

const server = await startServer();
const { apiSpaceId, urlBase, webSocketBase } = server;
const garden = server.createConversation({ participants: ['bob', 'echo'] });
const cursors = await mkdtemp(path.join(tmpdir(), 'echo-bot-'));

const bot = fork(fileURLToPath(new URL('echo-bot.mjs', import.meta.url)), {
  env: {
    ...process.env,
    COMAPI_SPACE: apiSpaceId,
    COMAPI_URL: urlBase,
    COMAPI_SOCKET_URL: webSocketBase,
    COMAPI_BOT: 'echo',
    COMAPI_TOKEN: server.issueToken('echo'),
    CURSORS: cursors,
  },
});
const ended = new Promise((resolve) => bot.once('exit', resolve));

const client = createClient({
  ...{ apiSpaceId, urlBase, webSocketBase, webSocketCtor: nodeWebSocket() },
  getToken: () => server.issueToken('bob'),
});
const said$ = client
  .conversation(garden)
  .messageEvents()
  .pipe(
    filter(({ name }) => name === 'conversationMessage.sent'),
    map(({ payload }) => ({ from: payload.context?.from?.id, text: payload.parts?.[0]?.data })),
    tap(({ from, text }) => console.log(`${from}: ${text}`)),
  );

// The bot answers what is said after it has come, so bob speaks up until he is heard.
const speaking = setInterval(() => server.publish(garden, { from: 'bob', text: 'Is anybody there?' }), 1_000);
await firstValueFrom(said$.pipe(filter(({ from }) => from === 'echo')));

clearInterval(speaking);
bot.kill('SIGTERM');
console.log(`The bot ended with code ${await ended}.`);
await client.close();
await server.close();
await rm(cursors, { recursive: true });
