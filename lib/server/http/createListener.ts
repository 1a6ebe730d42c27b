import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** The port of a server: opened, freed, and opened again. */
export interface Listener {
  open(): Promise<void>;
  /** Cuts every connection. Resolves when the port is free. */
  free(): Promise<void>;
  /** `127.0.0.1:1234`; the port stays the same from the first `open` on. */
  readonly address: string;
}

export interface ListenerOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

/** Makes the listener of a server. `open` rejects when the port cannot be had. */
export const createListener = (server: Server, { host, port: wanted }: ListenerOptions): Listener => {
  let port = wanted;
  // Of sockets, and of what only wanted to become one, the server itself soon knows nothing any more.
  const connections = new Set<Socket>();
  server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });

  return {
    open: async () => {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port }, () => {
          server.off('error', reject);
          resolve();
        });
      });
      port = portOf(server.address());
    },
    free: () =>
      new Promise<void>((resolve) => {
        // Its error says that it was not open, which is what is wanted.
        server.close(() => resolve());
        connections.forEach((connection) => connection.destroy());
      }),
    get address() {
      return `${reachable(host)}:${port}`;
    },
  };
};

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address ? address.port : 0;

/** A host that stands for all of them is reached at the loopback; and IPv6 goes into brackets. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
};
