import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { checkOptions } from './checkOptions.js';
import { chatControls } from './chatControls.js';
import { createSpace } from './createSpace.js';
import { createTimers } from './createTimers.js';
import { createFaultsInForce } from './faults/faultsInForce.js';
import { createListener } from './http/createListener.js';
import { createRequestBook } from './http/createRequestBook.js';
import { type SideDoor, serveRequests } from './http/serveRequests.js';
import { lineControls } from './lineControls.js';
import type { LocalServer } from './LocalServer.js';
import { createRoutes } from './routes/createRoutes.js';
import type { ServerOptions } from './ServerOptions.js';
import { answerTo } from './sessions/answerTo.js';
import { createChallenges } from './sessions/createChallenges.js';
import { createSessions } from './sessions/createSessions.js';
import { acceptSockets } from './sockets/acceptSockets.js';
import { createSocketHub } from './sockets/createSocketHub.js';
import { noJournal, openJournal } from './state/journal.js';

type IssueJwt = LocalServer['issueJwt'];

/**
 * Opens a server. Beside the space it may have a side door, which is asked before anything else and knows how to
 * sign: for programs that stand in for an app's backend, too.
 */
export const openServer = async (
  options: ServerOptions,
  sideDoorWith: (issueJwt: IssueJwt) => SideDoor = () => () => undefined,
): Promise<LocalServer> => {
  checkOptions(options);
  const { port = 0, host = '127.0.0.1', apiSpaceId = 'local', sessionTtlS = 3_600 } = options;
  const { jwtSecret = randomBytes(32).toString('hex'), data, seed = 1 } = options;
  const now = (): number => Date.now();

  const timers = createTimers();
  const faults = createFaultsInForce(seed, options.faults ?? {});
  const hub = createSocketHub({ faults, timers, now });
  const journal = data === undefined ? noJournal : openJournal(data);
  const space = createSpace({ apiSpaceId, journal, faults, hub, now });
  const sessions = createSessions(space, sessionTtlS);
  const challenges = createChallenges({ jwtSecret, now });

  const server = createServer();
  const listener = createListener(server, { host, port });
  const book = createRequestBook(now);
  const routes = createRoutes({
    space,
    challenges,
    sessions,
    hub,
    urlBase: () => `http://${listener.address}`,
  });
  const issueJwt: IssueJwt = (profileId, nonce) => answerTo({ profileId, nonce, jwtSecret, now: now() });
  const serve = serveRequests({ space, sessions, routes, book, sideDoor: sideDoorWith(issueJwt) });
  server.on('request', (request, response) => void serve(request, response));
  acceptSockets(server, { space, sessions, hub, book });
  await listener.open().catch((error: unknown) => {
    journal.close();
    throw error;
  });

  return {
    urlBase: `http://${listener.address}`,
    webSocketBase: `ws://${listener.address}`,
    apiSpaceId,
    issueJwt,
    issueToken: (profileId) => sessions.open(profileId).token,
    ...chatControls(space),
    ...lineControls({ space, sessions, hub, timers, journal, listener }),
    get faultCounts() {
      return faults.counts;
    },
    get requests() {
      return book.requests;
    },
    get socketCount() {
      return hub.size;
    },
  };
};
