import { inspect } from 'node:util';
import { WebSocket } from 'ws';
import type { Refusal, TellsRefusal } from './refusal.js';
import { retryAfter } from './retryAfter.js';
import type { WebSocketCtor } from './WebSocketCtor.js';

export interface NodeWebSocketOptions {
  /** Sent with the handshake. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How the token travels: as `Authorization: Bearer`, or in the URL as from browsers. Default: `'header'`. */
  readonly tokenIn?: 'query' | 'header';
  /** Largest frame in bytes; a larger one costs a reconnect. Default: 1 MiB. */
  readonly maxPayload?: number;
  /** How long the server may take to answer a close, before the connection is cut. Default: 2 000 ms. */
  readonly closeTimeoutMs?: number;
}

/**
 * Makes a `WebSocket` class for Node on top of `ws`, to be passed as `webSocketCtor`.
 *
 * Over the platform's own it can ping, tell how a handshake was refused, keep the token out of the URL and drop
 * a dead connection at once. A URL that cannot be read throws a `SyntaxError` that does not quote it, an `error`
 * event that nobody listens to does not end the process, and logging a socket shows its state and nothing else.
 *
 * @example
 * ```ts
 * import { createClient } from 'comapi-rx';
 * import { nodeWebSocket } from 'comapi-rx/node';
 *
 * const client = createClient({ apiSpaceId: 'space', getToken: () => 'token', webSocketCtor: nodeWebSocket() });
 *
 * assert.equal(client.status.state, 'idle');
 * await client.close();
 * ```
 *
 * @see fakeSocket of `comapi-rx/testing`, for tests without a network.
 */
export const nodeWebSocket = (options: NodeWebSocketOptions = {}): WebSocketCtor => {
  class NodeWebSocket extends WebSocket implements TellsRefusal {
    refusal: Refusal | undefined;

    constructor(url: string, protocols: string | string[] = []) {
      const { address, headers } = handshakeTo(url, options);
      super(address, protocols, { ...limitsOf(options), headers });

      // An abandoned socket still reports that it was abandoned.
      this.on('error', () => undefined);
      this.once('unexpected-response', (_request, response) => {
        const date = Date.parse(response.headers.date ?? '');
        const retryAfterMs = retryAfter(
          response.headers['retry-after'],
          Number.isNaN(date) ? Date.now() : date,
        );
        this.refusal = {
          status: response.statusCode ?? 0,
          ...(retryAfterMs !== undefined && { retryAfterMs }),
        };
        this.terminate();
      });
    }

    /** The members of `ws` hold the URL and the headers. */
    [inspect.custom](): string {
      return `NodeWebSocket { readyState: ${this.readyState} }`;
    }

    toJSON(): object {
      return { readyState: this.readyState };
    }
  }

  // `ws` lacks what no client uses of the DOM's interface (dispatchEvent, once and signal of its listeners).
  return NodeWebSocket as unknown as WebSocketCtor;
};

/** `ws` allows 100 MiB, inflated from next to nothing, in pieces of any number, and waits 30 s for a close. */
const limitsOf = ({ maxPayload = 2 ** 20, closeTimeoutMs = 2_000 }: NodeWebSocketOptions): object => ({
  maxPayload,
  closeTimeout: closeTimeoutMs,
  maxFragments: 1_024,
  maxBufferedChunks: 16_384,
  perMessageDeflate: false,
  followRedirects: false,
});

interface Handshake {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
}

const handshakeTo = (url: string, { headers = {}, tokenIn = 'header' }: NodeWebSocketOptions): Handshake => {
  const address = readUrl(url);
  const token = address.searchParams.get('token');
  if (tokenIn === 'query' || token === null) return { address: address.href, headers };

  address.searchParams.delete('token');
  return { address: address.href, headers: { ...headers, Authorization: `Bearer ${token}` } };
};

const readUrl = (url: string): URL => {
  try {
    return new URL(url);
  } catch {
    throw new SyntaxError('The address of the socket is not a URL.');
  }
};
