import type * as Sdk from '@comapi/sdk-js-foundation';
import { createRequire } from 'node:module';
import { WebSocket } from 'ws';
import { startServer } from '../../../lib/server.js';
import { xmlHttpRequestIn } from '../../vendor/XmlHttpRequest.js';
import type { Contender } from './Contender.js';

/** The vendor's SDK on plain Node, with the globals that it asks a browser for, and `ws` itself as its WebSocket. */
export const vendorSdk: Contender = async ({ ws }, told) => {
  const stored = new Map<string, string>();
  Object.assign(globalThis, {
    window: globalThis,
    WebSocket,
    XMLHttpRequest: xmlHttpRequestIn({ run: (task) => task(), begin: () => () => undefined }),
    localStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    },
  });
  const sdk = createRequire(import.meta.url)('@comapi/sdk-js-foundation') as typeof Sdk;

  // It logs in at a server of this process, which then has nothing more to do; frames come from the one outside.
  const server = await startServer();
  const foundation = await sdk.Foundation.initialise(
    new sdk.ComapiConfig()
      .withApiSpace(server.apiSpaceId)
      .withUrlBase(server.urlBase)
      .withWebSocketBase(ws)
      .withAuthChallenge(({ nonce }, answer) => {
        (answer as (jwt: string) => void)(server.issueJwt('ann', nonce));
      })
      .withLogLevel(sdk.LogLevels.None),
  );
  foundation.on('conversationMessageEvent', told);
  const opened = new Promise((resolve) => foundation.on('WebsocketOpened', resolve));
  await foundation.startSession();
  // Whoever looks at it has the socket opened.
  Reflect.get(foundation.services, 'appMessaging');
  await opened;
};
