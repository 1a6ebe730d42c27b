import type { Observable } from 'rxjs';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { DecodeError } from '../wire/DecodeError.js';
import type { EventMap } from '../wire/EventMap.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { ConnectionStatus } from '../transport/ConnectionStatus.js';
import type { Rest } from '../rest/Rest.js';
import type { ConversationSummary } from '../projection/ConversationSummary.js';
import type { EventHandlers } from '../feed/eventHandlers.js';
import type { EventStreams } from '../feed/eventStreams.js';
import type { HandlerError } from '../feed/HandlerError.js';
import type { Reconnected } from '../feed/Reconnected.js';
import type { Conversation } from '../conversation/Conversation.js';

/**
 * One profile's line to the server, and what comes of it.
 *
 * Streams of events, `on()` handlers, logs and `connect()` want the line: it is open while any of them is
 * there, and for `lingerMs` after. Trouble that may heal never reaches them. A verdict that ends the line
 * errors the streams with a `ComapiError`; `close()` completes them. Live streams replay nothing.
 */
export interface Client extends EventStreams, EventHandlers {
  /** The stream of that name, the same one as `client[name + '$']`. */
  event<K extends keyof EventMap>(name: K): Observable<EventMap[K]>;
  /** Every event that has a type here. */
  readonly events$: Observable<ComapiEvent>;
  /** JSON objects with a name that has no type here. */
  readonly unknownEvents$: Observable<UnknownEvent>;
  /** Frames that could not be understood; the line goes on. Creates no demand, and never errors. */
  readonly decodeErrors$: Observable<DecodeError>;
  /** What `on()` handlers threw. Creates no demand, and never errors. */
  readonly handlerErrors$: Observable<HandlerError>;

  /** How the line stands: the present status on subscription, then each change. Creates no demand. */
  readonly status$: Observable<ConnectionStatus>;
  readonly status: ConnectionStatus;
  /** Emits on each open line after the first. Creates no demand. */
  readonly reconnected$: Observable<Reconnected>;
  /** The session's profile, else the option, else the token's `sub`. Creates no demand. */
  readonly me$: Observable<string | undefined>;
  /** Wants the line until the returned function is called. */
  connect(): () => void;
  /** Replaces the present line at once; revives a client that has failed. */
  reconnect(): void;
  /**
   * Ends everything: streams complete, the socket closes with 1000, and no timer, request or listener
   * stays. The session is not ended. Resolves when the socket has closed, after `timeoutMs` (default 2,000) at
   * the latest.
   */
  close(options?: { readonly timeoutMs?: number }): Promise<void>;
  /**
   * Ends the session, here and at the server, and with it all streams; a later subscription logs in anew.
   * Handlers of `on()` stay, but want no line of their own any more. Starts with the first subscription, runs
   * once, and is not cancelled by unsubscribing, only by `close()`. Emits once and completes, when the client is `idle`.
   */
  endSession(): Observable<void>;

  /** One conversation, by its id. Throws when that is no string, or one that cannot be sent, such as `''`. */
  conversation(conversationId: string): Conversation;
  /**
   * My conversations, the one with the latest message first: once they have been listed, then each time something
   * of one of them changes. A summary that did not change stays the same object.
   *
   * One request lists them all, again after each reconnect; events keep them in between. The latest message and
   * the number of unread ones are known for the first twenty and for those in which something is said meanwhile.
   * All subscribers share it.
   *
   * It wants the line. It completes with `close()`, and errors with the verdict that ends the line. A request
   * that fails is made again in silence, and what is shown stays.
   */
  readonly conversations$: Observable<readonly ConversationSummary[]>;
  readonly rest: Rest;
}
