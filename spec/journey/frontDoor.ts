import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

/** A door in front of a server's REST, where one can count who is inside. */
export interface FrontDoor {
  readonly urlBase: string;
  /** The most history requests that were ever inside at once. */
  readonly mostInside: number;
  /** Begins to count anew. */
  reset(): void;
  close(): Promise<void>;
}

/** An answer takes so long at least, so that those who come together are seen together. */
const STAY_MS = 5;

/** Opens a door through which each request passes, slowly. */
export const frontDoor = async (urlBase: string): Promise<FrontDoor> => {
  let inside = 0;
  let mostInside = 0;

  const enter = ({ url = '' }: IncomingMessage, response: ServerResponse): void => {
    if (!url.includes('/events?')) return;
    inside += 1;
    mostInside = Math.max(mostInside, inside);
    response.on('close', () => {
      inside -= 1;
    });
  };

  const passOn = (request: IncomingMessage, response: ServerResponse): void => {
    const { method, headers, url = '' } = request;
    const inner = forward(urlBase + url, { method, headers }, (answer) => {
      setTimeout(() => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        pipeline(answer, response, () => undefined);
      }, STAY_MS);
    });
    pipeline(request, inner, (error) => {
      if (error) response.destroy();
    });
  };

  const server = createServer((request, response) => {
    enter(request, response);
    passOn(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The door has no port.');

  return {
    urlBase: `http://127.0.0.1:${address.port}`,
    get mostInside() {
      return mostInside;
    },
    reset: () => {
      mostInside = inside;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
