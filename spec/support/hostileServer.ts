import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** What a server does that means no good, or has gone mad. */
export interface Hostility {
  /** Answers a request, or does not; what it leaves alone is answered as a good server would. */
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** Takes care of a handshake; absent: it is accepted. */
  readonly shake?: (request: IncomingMessage, connection: Duplex) => void;
  /** Takes care of a socket that was accepted. */
  readonly greet?: (socket: WebSocket, connection: Socket) => void;
}

export interface HostileServer {
  readonly urlBase: string;
  readonly webSocketBase: string;
  /** Method, path and query, and the header with the token, of everything that came. */
  readonly requests: readonly { readonly line: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** A real server that behaves as it is told. The session that it opens has the given token. */
export const hostileServer = async (
  token: string,
  { answer = () => undefined, shake, greet = () => undefined }: Hostility,
): Promise<HostileServer> => {
  const requests: { line: string; authorization: string | undefined }[] = [];
  const connections = new Set<Socket>();
  const sockets = new WebSocketServer({ noServer: true });
  const note = ({ method = '', url = '', headers: { authorization } }: IncomingMessage): unknown =>
    requests.push({ line: `${method} ${url}`, authorization });

  const server = createServer((request, response) => {
    note(request);
    const isTaken = answer(request, response) !== undefined || response.writableEnded;
    if (!isTaken) answerWell(request, response, token);
  });
  server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.on('error', () => undefined).on('close', () => connections.delete(connection));
  });
  server.on('upgrade', (request: IncomingMessage, connection: Socket, head) => {
    note(request);
    if (shake !== undefined) shake(request, connection);
    else
      sockets.handleUpgrade(request, connection, head, (socket) => {
        socket.on('error', () => undefined);
        greet(socket, connection);
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    urlBase: `http://${host}`,
    webSocketBase: `ws://${host}`,
    requests,
    close: async () => {
      for (const connection of connections) connection.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

const answerWell = ({ method, url = '' }: IncomingMessage, response: ServerResponse, token: string): void => {
  const json = (body: unknown): unknown =>
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
  if (url.endsWith('/sessions/start')) json({ authenticationId: 'a', nonce: 'n' });
  else if (method === 'POST' && url.endsWith('/sessions'))
    json({ token, session: { id: 's', profileId: 'me' } });
  else if (url.includes('/events') || url.endsWith('/conversations')) json([]);
  else json({});
};
