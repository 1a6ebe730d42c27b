import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const open: (Server | TcpServer)[] = [];
const sockets = new Set<Socket>();

/** Ends every server that a test has started, and every connection to it. */
export const endServers = (): void => {
  for (const socket of sockets) socket.destroy();
  for (const server of open.splice(0)) server.close();
};

const listening = async (server: Server | TcpServer): Promise<number> => {
  open.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** A real WebSocket server. Gives its URL, with the token that clients get to see. */
export const acceptSockets = async (
  greet: (socket: WebSocket, request: IncomingMessage) => void = () => undefined,
): Promise<string> => {
  const server = createServer();
  new WebSocketServer({ server, perMessageDeflate: true }).on('connection', greet);
  return `ws://127.0.0.1:${await listening(server)}/socket?token=SECRET-CANARY`;
};

/** A real server that answers handshakes with something else. */
export const answerHandshakes = async (
  answer: (request: IncomingMessage, nth: number) => string,
): Promise<string> => {
  let requests = 0;
  const server = createServer();
  server.on('upgrade', (request, socket) =>
    socket.end(`HTTP/1.1 ${answer(request, (requests += 1))}\r\n\r\n`),
  );
  return `ws://127.0.0.1:${await listening(server)}/socket?token=SECRET-CANARY`;
};

/** A server that takes connections and says nothing. */
export const stayMute = async (onConnection: (socket: Socket) => void): Promise<string> =>
  `ws://127.0.0.1:${await listening(createTcpServer(onConnection))}/socket?token=SECRET-CANARY`;

/** A way to a server on which, from a moment on, what is sent vanishes: nobody is told. */
export const half = async (
  url: string,
): Promise<{ readonly url: string; readonly cutSilently: () => void }> => {
  const address = new URL(url);
  const target = Number(address.port);
  const pairs: (readonly [Socket, Socket])[] = [];
  const port = await listening(
    createTcpServer((near) => {
      const far = connect(target, '127.0.0.1');
      far.on('error', () => undefined);
      near.pipe(far).pipe(near);
      pairs.push([near, far]);
    }),
  );
  address.port = String(port);

  return {
    url: address.href,
    cutSilently: () => {
      for (const [near, far] of pairs.splice(0)) {
        near.unpipe(far);
        far.unpipe(near);
        near.resume();
        far.resume();
      }
    },
  };
};
