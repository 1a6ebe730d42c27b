import { WebSocket } from 'ws';
import { checkKinds, count, type Kind, OBJECT, oneOf, TIME } from '../fault/checkKinds.js';
import { clampDelay } from '../stream/backoff.js';
import { isJsonObject } from '../wire/JsonObject.js';
import { NodeSocket } from './NodeSocket.js';
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
 * event that nobody listens to does not end the process, and a socket shows its state to logs and nothing else: neither
 * the token, which no `inspect` finds, nor its `url`, which lacks it.
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
 * @throws TypeError or RangeError for options that can only be a mistake.
 * @see fakeSocket of `comapi-rx/testing`, for tests without a network.
 */
export const nodeWebSocket = (options: NodeWebSocketOptions = {}): WebSocketCtor => {
  checkKinds({ options }, { options: OBJECT });
  checkKinds(options, OPTIONS);
  class NodeWebSocket extends NodeSocket {
    constructor(url: string, protocols: string | string[] = []) {
      const { address, headers, shown } = handshakeTo(url, options);
      super(new WebSocket(address, protocols, { ...limitsOf(options), headers }), shown);
    }
  }

  // Its listeners take any `Event`, and bytes can be a Buffer, which the DOM does not know.
  return NodeWebSocket as unknown as WebSocketCtor;
};

const HEADERS: Kind = {
  name: 'an object of texts',
  fits: (value) => isJsonObject(value) && Object.values(value).every((one) => typeof one === 'string'),
};

const OPTIONS: Readonly<Record<keyof NodeWebSocketOptions, Kind>> = {
  headers: HEADERS,
  tokenIn: oneOf('query', 'header'),
  // To `ws`, 0 is no limit.
  maxPayload: count(1),
  closeTimeoutMs: TIME,
};

/** `ws` allows 100 MiB, inflated from next to nothing, in pieces of any number, and waits 30 s for a close. */
const limitsOf = ({ maxPayload = 2 ** 20, closeTimeoutMs = 2_000 }: NodeWebSocketOptions): object => ({
  maxPayload,
  closeTimeout: clampDelay(closeTimeoutMs),
  maxFragments: 1_024,
  maxBufferedChunks: 16_384,
  perMessageDeflate: false,
  followRedirects: false,
});

interface Handshake {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The address without the token. */
  readonly shown: string;
}

const handshakeTo = (url: string, { headers = {}, tokenIn = 'header' }: NodeWebSocketOptions): Handshake => {
  const address = readUrl(url);
  const { href } = address;
  const token = address.searchParams.get('token');
  address.searchParams.delete('token');
  const shown = address.href;

  if (tokenIn === 'query' || token === null) return { address: href, headers, shown };
  return { address: shown, headers: { ...headers, Authorization: `Bearer ${token}` }, shown };
};

const readUrl = (url: string): URL => {
  try {
    return new URL(url);
  } catch {
    throw new SyntaxError('The address of the socket is not a URL.');
  }
};
