// Bundled for browsers and run where there is nothing of Node: one frame in, one event out.
import { firstValueFrom } from 'rxjs';
import { createClient } from 'comapi-rx';
import { fakeSocket, samples } from 'comapi-rx/testing';

const { frame, payload } = samples.participantTyping;
const client = createClient({
  apiSpaceId: 'space',
  urlBase: 'http://127.0.0.1:9',
  webSocketBase: 'ws://127.0.0.1:9',
  getToken: () => 'token',
});

const typing = firstValueFrom(client.participantTyping$);
// The stub of `WebSocket` that the page has instead of a network.
globalThis.opened.then((socket) => socket.message(frame));

globalThis.report(
  typing.then(async (seen) => {
    await client.close();
    return { seen, expected: payload, fakes: typeof fakeSocket().ctor };
  }),
);
