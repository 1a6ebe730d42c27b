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

/** How a client is set up. An option that is `undefined` counts as absent. */
export interface ClientOptions {
  readonly apiSpaceId: string;
  /** Where REST is. Default: `'https://api.comapi.com'`. */
  readonly urlBase?: string;
  /** Where the socket is. Default: `'wss://api.comapi.com'`. */
  readonly webSocketBase?: string;
  /**
   * Answers a login challenge with a JWT that holds its nonce; `null` or `''` refuses. Exactly one of
   * `authenticate` and `getToken` is given.
   */
  readonly authenticate?: (challenge: { readonly nonce: string }) => TokenAnswer;
  /** Gives a session token; asked for each attempt to open the line, and after a 401. */
  readonly getToken?: (context: AttemptContext) => TokenAnswer;
  /** Who I am, with `getToken`. Default: the token's `sub`. */
  readonly profileId?: string;
  /** Where the session is kept between two starts. Default: in memory. */
  readonly sessionStore?: SessionStore;
  /** Whether the line may be open at all: `false` on a server that renders pages. Default: `true`. */
  readonly enabled?: boolean | Observable<boolean>;
  /** Allows `ws:` and `http:` to other hosts than this one. Default: `false`. */
  readonly allowInsecure?: boolean;
  /** Other words for the part of an event name before the dot: `{ conversation: ['conversation', 'chat'] }`. */
  readonly eventAliases?: Readonly<Record<string, readonly string[]>>;
  /**
   * Marks messages of others as delivered when they come by the line, or through a log that somebody follows, those
   * that were missed included: each once, in the background, and none that I have marked before. Default: `false`.
   */
  readonly autoDeliver?: boolean;
  /** How long the line stays open after its last user has left, in ms. Default: 2,000. */
  readonly lingerMs?: number;
  /** From asking for the token to the open line, in ms, times min(attempt, 3). Default: 20,000. */
  readonly connectTimeoutMs?: number;
  /** For one REST request, and for `authenticate`, in ms. Default: 15,000. */
  readonly requestTimeoutMs?: number;
  /** How a lost line is replaced; `false`: never, the first drop is final. */
  readonly reconnect?: ReconnectOptions | false;
  /**
   * How a line that is open but dead is found: by pings, or, where the socket has none, by what history, the list
   * and the answers to own sends show that it should have brought. `false`: not at all, by neither; and nothing is
   * sent to keep the line from looking unused.
   */
  readonly heartbeat?: HeartbeatTimes | false;
  /**
   * What makes the line look up at once: the network or the page is back. Then a line that waits is tried, and
   * one that is open is checked; while the browser says that there is no network, nothing is tried. `false`: none
   * of it, nor the watch for a device that has slept. Default: all of it, where the platform has it.
   */
  readonly wakeOn?: WakeOptions | false;
  /** A frame that is longer becomes a `DecodeError`, in bytes. Default: 1 MiB. */
  readonly maxMessageBytes?: number;
  readonly history?: HistoryOptions;
  /** The constructor of sockets; `null` = REST only. Default: `globalThis.WebSocket`, read when one is opened. */
  readonly webSocketCtor?: WebSocketCtor | null;
  /** Default: `globalThis.fetch`, read at each request. */
  readonly fetch?: typeof globalThis.fetch;
  /** The clock and every timer. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Source of jitter, from 0 up to 1. Default: `Math.random`. */
  readonly random?: () => number;
  /** Angular's zone: everything runs outside, only `on()` handlers run inside. */
  readonly zone?: Zone;
  /** Is told what happens. Default: nobody. */
  readonly logger?: Logger | false;
  /** Aborting it closes the client. */
  readonly signal?: AbortSignal;
}
