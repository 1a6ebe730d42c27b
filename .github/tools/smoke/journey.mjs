import assert from 'node:assert/strict';

/**
 * The shortest whole journey: a local server, a client on a real socket, three messages, and home.
 *
 * It takes what it runs with, because the point is how that was loaded.
 */
export const journey = async ({
  createClient,
  nodeWebSocket,
  startServer,
  rxjs: { firstValueFrom, take, timeout, toArray },
}) => {
  const server = await startServer();
  const client = createClient({
    apiSpaceId: server.apiSpaceId,
    urlBase: server.urlBase,
    webSocketBase: server.webSocketBase,
    getToken: () => server.issueToken('ann'),
    webSocketCtor: nodeWebSocket(),
  });
  const id = server.createConversation({ participants: ['ann', 'bob'] });
  const texts = ['one', 'two', 'three'];

  const events$ = client.conversation(id).messageEvents();
  const arrived = firstValueFrom(events$.pipe(take(texts.length), toArray(), timeout(10_000)));
  for (const text of texts) server.publish(id, { from: 'bob', text });

  assert.deepEqual(
    (await arrived).map(({ name, payload }) => [name, payload.parts[0].data]),
    texts.map((text) => ['conversationMessage.sent', text]),
  );
  await client.close();
  await server.close();
  // The parent sees this line and expects the process to end by itself soon after.
  process.stdout.write('closed\n');
};
