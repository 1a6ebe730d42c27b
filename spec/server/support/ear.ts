import { WebSocket } from 'ws';
import type { LocalServer } from '../../../lib/server.js';

/** A frame as it came. */
export type Heard = Readonly<Record<string, unknown>>;

/** Somebody's open socket. */
export interface Ear {
  readonly socket: WebSocket;
  /** Everything that came so far, in order, the first frame of the socket too. */
  readonly heard: readonly Heard[];
  /** Resolves when at least `count` frames of this name have come, with all of them. */
  named(name: string, count?: number): Promise<readonly Heard[]>;
  /** Everything that was sent to this profile until now, but for `socket.info`. */
  untilNow(): Promise<readonly Heard[]>;
  /** Resolves with the code when the socket is closed. */
  readonly closed: Promise<number>;
}

/** Opens a socket and waits for its first frame. */
export const ear = async (server: LocalServer, profileId: string): Promise<Ear> => {
  const socket = socketOf(server, `?token=${server.issueToken(profileId)}`);
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  let fences = 0;
  socket.on('message', (text: Buffer) => {
    heard.push(JSON.parse(text.toString()) as Heard);
    waiting.forEach((look) => look());
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));

  const until = <A>(look: () => A | undefined): Promise<A> =>
    new Promise((resolve) => {
      const attempt = (): void => {
        const found = look();
        if (found === undefined) return;
        waiting.delete(attempt);
        resolve(found);
      };
      waiting.add(attempt);
      attempt();
    });

  const named = (name: string, count = 1): Promise<readonly Heard[]> =>
    until(() => {
      const found = heard.filter((frame) => frame['name'] === name);
      return found.length >= count ? found : undefined;
    });

  const untilNow = async (): Promise<readonly Heard[]> => {
    fences += 1;
    const fence = `fence ${fences}`;
    server.push(profileId, JSON.stringify({ name: fence }));
    await named(fence);
    return heard.filter(({ name }) => name !== 'socket.info' && !String(name).startsWith('fence'));
  };

  await named('socket.info');
  return { socket, heard, named, untilNow, closed };
};

/** A socket that may be refused. */
export const socketOf = (
  { webSocketBase, apiSpaceId }: LocalServer,
  query = '',
  headers: Readonly<Record<string, string>> = {},
): WebSocket => new WebSocket(`${webSocketBase}/apispaces/${apiSpaceId}/socket${query}`, { headers });

/** The HTTP status that a handshake was answered with: 101 for an open socket. */
export const handshakeStatus = async (socket: WebSocket): Promise<number> => {
  const status = await new Promise<number>((resolve, reject) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  socket.terminate();
  return status;
};
