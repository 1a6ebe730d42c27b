import type { LocalServer } from '../../server/LocalServer.js';
import type { LineSwitches } from './lineSwitches.js';
import { NAMES, PEOPLE } from './settle.js';

/** A request that has been found to come from the page itself. */
export interface PageRequest {
  readonly method: string;
  /** The parts between the slashes, percent-decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

export interface PageAnswer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
}

/** Answers what the page asks beside its files; `undefined` where there is no such door. */
export type PageDoors = (request: PageRequest) => PageAnswer | undefined;

export interface PageDoorsOptions {
  readonly server: LocalServer;
  readonly switches: LineSwitches;
}

/**
 * What the page asks of its own host: where the server is, logins for its two people, how things stand, and what the
 * server has; and what it asks it to do: to cut the line, and to turn a switch.
 */
export const pageDoors =
  ({ server, switches }: PageDoorsOptions): PageDoors =>
  ({ method, segments, query }) => {
    const [root, door = '', name] = segments;
    if (root !== 'demo') return undefined;
    switch (`${method} ${door}`) {
      case 'GET setup':
        return { status: 200, json: setupOf(server) };
      case 'GET jwt':
        return jwt(server, query);
      case 'GET state':
        return { status: 200, json: { switches: switches.positions, counts: server.faultCounts } };
      case 'GET truth':
        return truth(server, query);
      case 'POST cuts':
        server.dropSockets();
        return { status: 204 };
      case 'PUT switches':
      case 'DELETE switches':
        return switches.turn(name ?? '', method === 'PUT') ? { status: 204 } : undefined;
      default:
        return undefined;
    }
  };

const setupOf = ({ apiSpaceId, urlBase, webSocketBase }: LocalServer) => ({
  server: { apiSpaceId, urlBase, webSocketBase },
  people: PEOPLE,
  names: NAMES,
});

/** What the backend of an app does when it has asked who is there; this one knows two people, and asks nobody. */
const jwt = (server: LocalServer, query: URLSearchParams): PageAnswer => {
  const profileId = PEOPLE.find((known) => known === query.get('profile'));
  const nonce = query.get('nonce');
  if (profileId === undefined || !nonce) return { status: 400 };
  return { status: 200, text: server.issueJwt(profileId, nonce) };
};

/** The messages of a conversation from a position on, as the server has them: what a screen is compared with. */
const truth = (server: LocalServer, query: URLSearchParams): PageAnswer => {
  const from = Number(query.get('from') ?? 0);
  try {
    const messages = server
      .events(query.get('conversation') ?? '')
      .filter(
        ({ name, conversationEventId }) => name === 'conversationMessage.sent' && conversationEventId >= from,
      )
      .map(({ payload: { messageId }, conversationEventId }) => ({
        id: messageId,
        eventId: conversationEventId,
      }));
    return { status: 200, json: messages };
  } catch {
    return { status: 404 };
  }
};
