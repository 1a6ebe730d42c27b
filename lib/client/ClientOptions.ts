import type { Observable, SchedulerLike } from 'rxjs';
import type { Zone } from '../stream/Zone.js';
import type { AttemptContext } from '../transport/AttemptContext.js';
import type { Logger } from '../transport/Logger.js';
import type { HeartbeatTimes, ReconnectOptions } from '../transport/staysConnected.js';
import type { WebSocketCtor } from '../transport/WebSocketCtor.js';
import type { TokenAnswer } from '../session/askForToken.js';
import type { SessionStore } from '../session/SessionStore.js';
import type { HistoryOptions } from '../history/HistoryOptions.js';
import type { WakeOptions } from './WakeOptions.js';

/** The options of a client. An option that is `undefined` counts as absent. Times are in milliseconds. */
export interface ClientOptions {
  readonly apiSpaceId: string;
  /** Where REST is. Default: `'https://api.comapi.com'`. */
  readonly urlBase?: string;
  /** Where the socket is. Default: `'wss://api.comapi.com'`. */
  readonly webSocketBase?: string;
  /**
   * Answers a login challenge with a JWT that contains its nonce; `null` or `''` refuses to log in. Pass exactly one
   * of `authenticate` and `getToken`.
   */
  readonly authenticate?: (challenge: { readonly nonce: string }) => TokenAnswer;
  /** Returns a session token. Called before each attempt to connect, and after a 401. */
  readonly getToken?: (context: AttemptContext) => TokenAnswer;
  /** My profile id, for use with `getToken`. Default: the token's `sub`. */
  readonly profileId?: string;
  /** Where the session is kept between two starts of the app. Default: in memory, so not at all. */
  readonly sessionStore?: SessionStore;
  /**
   * Whether the client may connect. While it is `false`, nothing is opened or asked for: pass it on a server that
   * renders pages. Default: `true`.
   */
  readonly enabled?: boolean | Observable<boolean>;
  /** Allows `ws:` and `http:` to hosts other than this machine. Default: `false`. */
  readonly allowInsecure?: boolean;
  /** Other words for the part of an event name before the dot: `{ conversation: ['conversation', 'chat'] }`. */
  readonly eventAliases?: Readonly<Record<string, readonly string[]>>;
  /**
   * Marks messages of others as delivered, in the background: those that arrive live, and those that a followed log
   * or timeline reads because they were missed. Each is marked once, and not if it was marked before. Default:
   * `false`.
   */
  readonly autoDeliver?: boolean;
  /** How long the connection stays open after its last subscriber has left, in ms. Default: 2,000. */
  readonly lingerMs?: number;
  /**
   * Time limit of an attempt to connect, from asking for the token to the open socket, in ms. The second attempt in a
   * row has twice, every later one three times as long. Default: 20,000.
   */
  readonly connectTimeoutMs?: number;
  /** Time limit of one REST request, and of `authenticate`, in ms. Default: 15,000. */
  readonly requestTimeoutMs?: number;
  /** How a lost connection is replaced; `false`: never, the first drop is final. */
  readonly reconnect?: ReconnectOptions | false;
  /**
   * How a connection that is open but dead is found. In Node by pings. In browsers, which have none, by evidence:
   * history, the list of conversations or the answer to a send shows a message that should have come over the socket
   * and did not. `false`: not at all, and nothing is sent to keep proxies from closing an unused connection.
   */
  readonly heartbeat?: HeartbeatTimes | false;
  /**
   * Which signs cause a check at once: the network or the page is back, or the device has slept. A client that waits
   * to reconnect then tries, and one that is connected checks its connection. While the browser reports no network,
   * nothing is tried. `false`: none of these. Default: all of them, where the platform has them.
   */
  readonly wakeOn?: WakeOptions | false;
  /** Largest frame in bytes; a larger one becomes a `DecodeError`. Default: 1 MiB. */
  readonly maxMessageBytes?: number;
  readonly history?: HistoryOptions;
  /**
   * The class of sockets: in Node `nodeWebSocket()`; `null` = REST only. Default: `globalThis.WebSocket`, looked up
   * when a socket is opened.
   */
  readonly webSocketCtor?: WebSocketCtor | null;
  /** Makes the REST requests. Default: `globalThis.fetch`, looked up at each request. */
  readonly fetch?: typeof globalThis.fetch;
  /** The clock and all timers. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Source of jitter: a number in [0, 1). Default: `Math.random`. */
  readonly random?: () => number;
  /** Angular's zone: everything runs outside, only `on()` handlers run inside. */
  readonly zone?: Zone;
  /** Receives fixed sentences about what happens, with details; never a token, a frame or a payload. Default: none. */
  readonly logger?: Logger | false;
  /** Aborting it closes the client. */
  readonly signal?: AbortSignal;
}
