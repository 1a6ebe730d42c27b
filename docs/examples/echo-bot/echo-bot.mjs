// A bot that answers every message in every conversation it takes part in, and never itself.
//
//   COMAPI_SPACE   the API space
//   COMAPI_TOKEN   a session token of the bot's profile; a real bot asks its backend for one, see getToken
//   COMAPI_BOT     the bot's profile id
//   CURSORS        a directory of its own, default ./cursors: a restart goes on where it was
//   COMAPI_URL, COMAPI_SOCKET_URL   another server than Comapi's, such as `comapi-rx serve`
import { createClient } from 'comapi-rx';
import { levelCursorStore, nodeWebSocket } from 'comapi-rx/node';
import { runWorker } from 'comapi-rx/worker';

const {
  COMAPI_SPACE,
  COMAPI_TOKEN,
  COMAPI_BOT,
  COMAPI_URL,
  COMAPI_SOCKET_URL,
  CURSORS = 'cursors',
} = process.env;

const client = createClient({
  apiSpaceId: COMAPI_SPACE,
  profileId: COMAPI_BOT,
  getToken: () => COMAPI_TOKEN,
  webSocketCtor: nodeWebSocket(),
  urlBase: COMAPI_URL,
  webSocketBase: COMAPI_SOCKET_URL,
});

const run = runWorker({
  client,
  conversations: 'mine',
  store: levelCursorStore(CURSORS),
  startAt: 'now', // a new bot does not answer what was said years ago
  handle: (event, { key }) => {
    if (event.name !== 'conversationMessage.sent') return;
    const { context, parts = [] } = event.payload;
    if (context?.from?.id === COMAPI_BOT) return; // it would never end
    const text = parts.map(({ data }) => data ?? '').join(' ');
    // An Observable is awaited. After a crash an answer may be sent twice, but it says to what it is the answer.
    return client.rest.sendMessage(event.conversationId, {
      parts: [{ type: 'text/plain', data: `You said: ${text}` }],
      metadata: { answerTo: key },
    });
  },
  // A message that cannot be answered must not keep the bot from the next one.
  deadLetter: ({ conversationId, conversationEventId }) =>
    console.error(`No answer to ${JSON.stringify(conversationId)} ${conversationEventId}`),
});

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => run.stop());
try {
  await run.done;
} finally {
  await client.close();
}
