import { createClient } from '../../lib/client/createClient.js';
import type { Client } from '../../lib/client/Client.js';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { nodeWebSocket } from '../../lib/transport/nodeWebSocket.js';

/** The two ways to log in, by name. */
export const logins: Readonly<
  Record<string, (server: LocalServer, profileId: string) => Pick<ClientOptions, 'authenticate' | 'getToken'>>
> = {
  authenticate: (server, profileId) => ({ authenticate: ({ nonce }) => server.issueJwt(profileId, nonce) }),
  getToken: (server, profileId) => ({ getToken: () => server.issueToken(profileId) }),
};

export interface LocalClientOptions extends Pick<ClientOptions, 'urlBase' | 'history' | 'autoDeliver'> {
  readonly login?: keyof typeof logins | undefined;
}

/** A client of the local server, over real sockets, that loses no time. */
export const localClient = (
  server: LocalServer,
  profileId: string,
  { login = 'authenticate', urlBase = server.urlBase, history = {}, autoDeliver }: LocalClientOptions = {},
): Client =>
  createClient({
    apiSpaceId: server.apiSpaceId,
    urlBase,
    webSocketBase: server.webSocketBase,
    webSocketCtor: nodeWebSocket(),
    ...logins[login]?.(server, profileId),
    ...(autoDeliver !== undefined && { autoDeliver }),
    reconnect: { initialDelayMs: 20, maxDelayMs: 100 },
    history: {
      holeGraceMs: 200,
      repollMs: 50,
      confirmProbeMs: 100,
      idleProbeMs: 200,
      oooGraceMs: 30,
      ...history,
    },
  });
