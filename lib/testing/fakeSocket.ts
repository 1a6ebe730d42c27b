import type { WebSocketCtor } from '../transport/WebSocketCtor.js';
import { FakeWebSocket } from './FakeWebSocket.js';

/** The server's end of one fake socket. A call that a real socket could no longer carry out is ignored. */
export interface FakeSocket {
  /** As the client gave it, the token in it. */
  readonly url: string;
  /** The frames that the client has sent. */
  readonly sent: readonly string[];
  /** The ready state that the client sees, by number: 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  /** How the client closed it; absent as long as it has not. */
  readonly closedBy?: { readonly code?: number; readonly reason?: string } | undefined;
  /** Accepts the connection. */
  open(): void;
  /** Sends a frame: strings and binary as they are, anything else as JSON. */
  message(frame: unknown): void;
  /** Closes the connection; without a code it is cut, which the client sees as 1006. */
  close(code?: number, reason?: string): void;
  /** Breaks the connection: an `error` event, then a `close` event with 1006. */
  fail(): void;
}

export interface FakeSockets {
  /** To be passed as `webSocketCtor`. */
  readonly ctor: WebSocketCtor;
  /** Every socket that was made, in order. */
  readonly sockets: readonly FakeSocket[];
  /** The newest one. Throws when there is none yet. */
  last(): FakeSocket;
}

/**
 * Makes a `WebSocket` class without a network, and the server's ends of its sockets.
 *
 * Calls on the server's end are synchronous: the client has processed them when they return. When the client closes a
 * socket, its `close` event follows in a microtask, as with a real one.
 *
 * @example
 * ```ts
 * import { createClient } from 'comapi-rx';
 * import { fakeSocket, samples } from 'comapi-rx/testing';
 *
 * const server = fakeSocket();
 * const client = createClient({ apiSpaceId: 'space', getToken: () => 'token', webSocketCtor: server.ctor });
 * const added: unknown[] = [];
 * client.participantAdded$.subscribe((participant) => added.push(participant));
 *
 * server.last().open();
 * server.last().message(samples.participantAdded.frame);
 *
 * assert.deepEqual(added, [samples.participantAdded.payload]);
 * await client.close();
 * ```
 */
export const fakeSocket = (): FakeSockets => {
  const sockets: FakeSocket[] = [];
  const ctor = class extends FakeWebSocket {
    constructor(url: string) {
      super(url);
      sockets.push(serverEndOf(this));
    }
  };

  return {
    // A WebSocket in what clients do with one; the DOM's type asks for more, such as overloads by event name.
    ctor: ctor as unknown as WebSocketCtor,
    sockets,
    last: () => {
      const newest = sockets.at(-1);
      if (newest === undefined) throw new RangeError('No socket was made yet.');
      return newest;
    },
  };
};

const serverEndOf = (socket: FakeWebSocket): FakeSocket => ({
  url: socket.url,
  sent: socket.sent,
  get readyState() {
    return socket.readyState;
  },
  get closedBy() {
    return socket.closedBy;
  },
  open: () => socket.accept(),
  message: (frame) => socket.receive(isAsItIs(frame) ? frame : JSON.stringify(frame)),
  close: (code = 1006, reason = '') => socket.end({ code, reason, wasClean: code !== 1006 }),
  fail: () => socket.break(),
});

const isAsItIs = (frame: unknown): boolean =>
  typeof frame === 'string' ||
  ArrayBuffer.isView(frame) ||
  ['[object ArrayBuffer]', '[object Blob]'].includes(Object.prototype.toString.call(frame));
