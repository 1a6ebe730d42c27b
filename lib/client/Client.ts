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
 * The client of one profile: its line to the server (one connection, over any number of sockets), and what comes of
 * it.
 *
 * Streams of events, `on()` handlers, logs, timelines and `connect()` hold the line open: it opens with the first of
 * them and closes `lingerMs` after the last. A failure that may pass never reaches them; see `status$`. When the line
 * fails for good, the streams error with a `ComapiError`, until `reconnect()`. `close()` completes them. Live streams
 * replay nothing.
 */
export interface Client extends EventStreams, EventHandlers {
  /** The stream of an event name, the same one as `client[name + '$']`. Throws a `TypeError` for any other name. */
  event<K extends keyof EventMap>(name: K): Observable<EventMap[K]>;
  /** Every event whose name has a type in this library. */
  readonly events$: Observable<ComapiEvent>;
  /** Frames with a name that has no type in this library. */
  readonly unknownEvents$: Observable<UnknownEvent>;
  /** Frames, and items of pages, that could not be decoded. Does not open the line, and never errors. */
  readonly decodeErrors$: Observable<DecodeError>;
  /** What `on()` handlers threw. Does not open the line, and never errors. */
  readonly handlerErrors$: Observable<HandlerError>;

  /** The state of the line: the present one on subscription, then each change. Does not open the line. */
  readonly status$: Observable<ConnectionStatus>;
  readonly status: ConnectionStatus;
  /** Emits each time the line opens, except the first time. Does not open the line. */
  readonly reconnected$: Observable<Reconnected>;
  /**
   * My profile id: from the session, else the option `profileId`, else the token's `sub`; `undefined` while it is not
   * known. Does not open the line.
   */
  readonly me$: Observable<string | undefined>;
  /** Holds the line open, without a subscriber, until the returned function is called. */
  connect(): () => void;
  /** Replaces the present socket at once; revives a client that has failed. */
  reconnect(): void;
  /**
   * Closes the client for good: streams complete, the socket closes with 1000, and no timer, request or listener
   * remains. The session is not ended. Resolves when the socket has closed, after `timeoutMs` (default 2,000) at the
   * latest.
   */
  close(options?: { readonly timeoutMs?: number }): Promise<void>;
  /**
   * Ends the session, here and at the server; all streams complete, and a later subscription logs in anew. Handlers
   * of `on()` stay, but no longer hold the line open. Starts with the first subscription, runs once, and is not
   * cancelled by unsubscribing, only by `close()`. Emits once and completes, when the client is `idle`.
   */
  endSession(): Observable<void>;

  /** One conversation, by its id. Throws for an id that cannot be sent: not a string, or one such as `''`. */
  conversation(conversationId: string): Conversation;
  /**
   * My conversations, the one with the latest message first. Emits when they have been listed, then each time one of
   * them changes. A summary that did not change stays the same object.
   *
   * One request lists them all, again after each reconnect and once a minute; events keep the list current in between.
   * The latest message and the number of unread messages are known for the first twenty, and for those in which
   * something is said later: one request for each, and one more a minute for what was lost without a trace. All
   * subscribers share the list.
   *
   * It holds the line open. It completes with `close()`, and errors when the line fails for good. A failed request is
   * repeated without an error, and the last list stays.
   */
  readonly conversations$: Observable<readonly ConversationSummary[]>;
  /** The REST API, one function for each endpoint. Does not open the line. */
  readonly rest: Rest;
}
