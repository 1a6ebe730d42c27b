import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { bearerOf } from '../http/bearerOf.js';
import { pathOf } from '../http/pathOf.js';
import type { RequestBook } from '../http/createRequestBook.js';
import type { Sessions } from '../sessions/createSessions.js';
import type { Session } from '../state/Session.js';
import type { Space } from '../Space.js';
import { socketOpened } from './frames.js';
import type { SocketHub } from './createSocketHub.js';

export interface AcceptSocketsOptions {
  readonly space: Space;
  readonly sessions: Sessions;
  readonly hub: SocketHub;
  readonly book: RequestBook;
}

/** An echo is some hundred bytes; nothing else is expected of a client. */
const maxPayload = 64 * 1_024;
const closeTimeoutMs = 2_000;

/**
 * Answers the handshakes of sockets: with an open socket, or with an HTTP status that says why not.
 *
 * The token is taken from the header or from the query, where browsers have to put it. What a client sends over
 * its socket is read and answered by nothing.
 */
export const acceptSockets = (server: Server, { space, sessions, hub, book }: AcceptSocketsOptions): void => {
  // The types do not know this option yet, so it is not among the literal's.
  const untyped = { closeTimeout: closeTimeoutMs };
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false, ...untyped });

  const verdict = (request: IncomingMessage): number | Session => {
    const { refuseSockets } = space.faults.current;
    const path = pathOf(request);
    if (!path) return 400;
    const { segments, query } = path;
    const isSocket = segments.length === 3 && segments[0] === 'apispaces' && segments[2] === 'socket';
    if (!isSocket || segments[1] !== space.apiSpaceId) return 404;
    if (refuseSockets !== undefined) {
      space.faults.count('refuseSockets');
      return refuseSockets;
    }
    return sessions.byToken(bearerOf(request) ?? query.get('token') ?? '') ?? 401;
  };

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // A peer that is gone before it is answered is nobody's error.
    stream.on('error', () => {});
    const note = book.begin(request);
    const session = verdict(request);
    if (typeof session === 'number') {
      note(session);
      return refuse(stream, session);
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      note(101);
      hub.add(socket, session, socketOpened(space, session.profileId));
    });
  });
};

const refuse = (stream: Duplex, status: number): void => {
  const body = JSON.stringify({ message: 'The socket was refused.' });
  stream.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
      `Date: ${new Date().toUTCString()}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
    () => stream.destroy(),
  );
};
