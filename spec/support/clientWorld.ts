import { createClient } from '../../lib/client/createClient.js';
import type { Client } from '../../lib/client/Client.js';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import { fakeSocket, type FakeSockets } from '../../lib/testing/fakeSocket.js';
import type { WebSocketCtor } from '../../lib/transport/WebSocketCtor.js';
import { fakeBackend, type FakeBackend } from './fakeBackend.js';
import { settled, virtualTime, type VirtualTime } from './virtualTime.js';
import { watch } from './watch.js';

/** A client whose every seam ends in this process. */
export interface ClientWorld {
  readonly client: Client;
  readonly line: FakeSockets;
  readonly backend: FakeBackend;
  readonly time: VirtualTime;
  /** Each state that the line has been in, without repetitions of the same. */
  readonly states: readonly string[];
  /** Accepts the newest socket. */
  open(): void;
  /** Lets the newest socket say something. */
  receive(frame: unknown): void;
  /** Sockets that are neither closed nor closing. */
  readonly liveSockets: number;
}

const APP_TOKEN = { getToken: () => 'token', profileId: 'me' };

/** Sockets as they usually are. */
const usual = (ctor: WebSocketCtor): WebSocketCtor => ctor;

/** Sockets that do not finish a close by themselves: only the server's end does. */
export const withoutClose = (ctor: WebSocketCtor): WebSocketCtor =>
  class extends ctor {
    override close(): void {
      // The other side never answers.
    }
  };

/**
 * A client with fake sockets, a fake backend and virtual time; draws are always in the middle.
 *
 * @param sockets What to do to the sockets' class first.
 */
export const clientWorld = (options: Partial<ClientOptions> = {}, sockets = usual): ClientWorld => {
  const line = fakeSocket();
  const backend = fakeBackend();
  const time = virtualTime();
  const client = createClient({
    apiSpaceId: 'space',
    ...(options.authenticate === undefined && options.getToken === undefined && APP_TOKEN),
    webSocketCtor: sockets(line.ctor),
    fetch: backend.fetch,
    scheduler: time.scheduler,
    random: () => 0.5,
    ...options,
  });
  const statuses = watch(client.status$);

  return {
    client,
    line,
    backend,
    time,
    get states() {
      return statuses.values.map(({ state }) => state);
    },
    open: () => line.last().open(),
    receive: (frame) => line.last().message(frame),
    get liveSockets() {
      return line.sockets.filter(({ readyState }) => readyState < 2).length;
    },
  };
};

/** A world whose line is open, because somebody holds it. */
export const openWorld = async (
  options: Partial<ClientOptions> = {},
  sockets = usual,
): Promise<ClientWorld> => {
  const world = clientWorld(options, sockets);
  world.client.connect();
  await settled();
  world.open();
  await settled();
  return world;
};
