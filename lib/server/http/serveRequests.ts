import type { IncomingMessage, ServerResponse } from 'node:http';
import { withoutFields } from '../faults/withoutFields.js';
import { Refusal } from '../Refusal.js';
import type { Sessions } from '../sessions/createSessions.js';
import type { Space } from '../Space.js';
import { bearerOf } from './bearerOf.js';
import type { RequestBook } from './createRequestBook.js';
import { matchRoute, type Match } from './matchRoute.js';
import { pathOf, type Path } from './pathOf.js';
import { decodeJson, readBytes } from './readBody.js';
import type { Call, Reply, Route } from './Route.js';

/** Answers what is none of the space's business; `undefined` leaves a request to the space. It never throws. */
export type SideDoor = (request: IncomingMessage) => Reply | undefined;

export interface ServeRequestsOptions {
  readonly space: Space;
  readonly sessions: Sessions;
  readonly routes: readonly Route[];
  readonly book: RequestBook;
  readonly sideDoor: SideDoor;
}

/** Answers every request that is not the handshake of a socket. It never throws. */
export const serveRequests = ({ space, sessions, routes, book, sideDoor }: ServeRequestsOptions) => {
  const faultyReply = (path: string, { method = '' }: IncomingMessage): Reply | undefined => {
    if (!space.faults.takesAnswer({ path, method })) return undefined;
    const { status = 500, retryAfterS } = space.faults.current.answer ?? {};
    const headers = retryAfterS === undefined ? {} : { 'Retry-After': String(retryAfterS) };
    return { status, json: { message: 'The server was told to answer this.' }, headers };
  };

  const route = (request: IncomingMessage, { segments, query }: Path): Reply | Promise<Reply> => {
    const [root, apiSpaceId, ...inSpace] = segments;
    if (root !== 'apispaces' || apiSpaceId !== space.apiSpaceId) {
      throw new Refusal(404, 'There is no such API space.');
    }
    // Node itself leaves the body out of an answer to HEAD.
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    const match = matchRoute(routes, method, inSpace);
    const call = callOf(request, query, match);
    if (match.route.isOpen) return match.route.answer(call);
    const session = sessions.byToken(bearerOf(request) ?? '');
    if (!session) throw new Refusal(401, 'The session token is missing, unknown or no longer good.');
    return match.route.answer({ ...call, session });
  };

  const replyTo = async (request: IncomingMessage): Promise<Reply> => {
    if (request.method === 'OPTIONS') return preflight(request);
    try {
      const path = pathOf(request);
      if (!path) throw new Refusal(400, 'The path is not percent-encoded as it should be.');
      const reply = faultyReply(path.raw, request) ?? (await route(request, path));
      return { ...reply, headers: withoutFields(reply.headers ?? {}, space.faults, ['etag']) };
    } catch (error) {
      // What a bug has to say may quote a body: it is not for the client.
      const { status, message } = error instanceof Refusal ? error : new Refusal(500, 'The server failed.');
      return { status, json: { message } };
    }
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const note = book.begin(request);
    const reply = sideDoor(request) ?? forEveryPage(await replyTo(request));
    note(reply.status);
    send(response, reply);
  };
};

const callOf = (request: IncomingMessage, query: URLSearchParams, { params }: Match): Call => ({
  param: (name) => {
    const value = params.get(name);
    if (value === undefined) throw new Error(`The path of this route has no part '${name}'.`);
    return value;
  },
  query,
  header: (name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : undefined;
  },
  bytes: () => readBytes(request),
  json: async (shape) => decodeJson(await readBytes(request), shape),
  sourceIp: request.socket.remoteAddress ?? '',
});

const crossOrigin = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Date, Retry-After',
};

/** Any page may ask anything: what protects is the token, which no page has by itself. */
const forEveryPage = (reply: Reply): Reply => ({ ...reply, headers: { ...crossOrigin, ...reply.headers } });

const preflight = (request: IncomingMessage): Reply => ({
  status: 204,
  headers: {
    'Access-Control-Allow-Methods': 'GET, HEAD, PUT, PATCH, POST, DELETE',
    'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*',
    'Access-Control-Max-Age': '600',
  },
});

const send = (response: ServerResponse, { status, json, text, bytes, headers }: Reply): void => {
  const body = bytes ?? text ?? (json === undefined ? '' : JSON.stringify(json));
  const type = json === undefined ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(body.length > 0 && { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }),
    // The rest of a body that was too long is not worth reading to the end.
    ...(status === 413 && { Connection: 'close' }),
    ...headers,
  });
  response.end(body);
};
