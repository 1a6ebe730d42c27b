import type { Observable } from 'rxjs';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { ConversationDetails } from '../rest/ConversationDetails.js';
import type { NewMessage, SentMessage } from '../rest/NewMessage.js';
import type { Participant } from '../rest/Participant.js';
import type { LogIterator } from '../history/iterateLog.js';
import type { Timeline } from '../projection/Timeline.js';
import type { ConversationLog } from '../log/ConversationLog.js';
import type { From } from '../log/startOf.js';

export interface TimelineOptions {
  /** Each value asks for one older page; values that come while one is loading are ignored. Default: none. */
  readonly older$?: Observable<unknown>;
  /** Each value returns to the newest messages, if they were dropped (`hasNewer`). Default: none. */
  readonly newest$?: Observable<unknown>;
  /** How many events a page spans, statuses included; so it may hold fewer messages. Default: 50. */
  readonly pageSize?: number;
  /** How many messages are held at most, not counting unsent ones. Default: 1,000. */
  readonly windowLimit?: number;
}

/** One conversation. It costs nothing until something of it is subscribed to. */
export interface Conversation {
  readonly id: string;
  /**
   * Each message event once, in order of `conversationEventId`, none skipped without notice, over any number of lost
   * connections. Every subscription is a run of its own, from `after` on: `defer(() => log(options).events$)`.
   *
   *     live:      ----4--7--x  x-9---      x = line lost and back
   *     history:   -(0123)-(56)-----(8)
   *     result:    -(0123)4(567)-----(89)
   *
   * Completes when the conversation is deleted, when I am removed from it, and with `close()`. Errors with a
   * `ComapiError`: `'not-found'` or `'forbidden'` for a conversation that I never had access to, and when the line
   * fails for good. Every other failure is retried without an error. Unsubscribing stops all requests.
   *
   * @see log, which also reports holes, losses, and how far it has come.
   */
  messageEvents(options?: From): Observable<ConversationMessageEvent>;
  /** One run through the log, with all its side streams; see `MergedHistory`. */
  log(options?: From): ConversationLog;
  /**
   * The same events for `for await`, with back-pressure: history is read as fast as events are consumed, so memory
   * stays bounded. Nothing runs before the first `next()`; leaving the loop, or aborting `signal`, ends it. It
   * rejects when `messageEvents` would error, and ends when that would complete. For those who keep a cursor, the
   * iterator also has `waitingAfter`, `status$` and `discontinuities$`.
   */
  iterate(options?: From & { readonly signal?: AbortSignal }): LogIterator<ConversationMessageEvent>;
  /**
   * What a screen shows: the newest page of messages, everything that happens from then on, and older pages when they
   * are asked for. It emits on subscription, then once for each page or event that changes something.
   *
   *     older$:    ------x--------
   *     live:      ---c-----------
   *     messages:  0-(ab)(abc)-(zabc)
   *
   * A page that fails, or that brings nothing new, shows as `problem` and may be asked for again; while there is
   * nothing at all to see, that happens by itself. When the window is full, a new message pushes out the oldest one,
   * and an older page the newest ones (`hasNewer`); sending a message, or `newest$`, returns to the newest. After a long
   * absence the newest page is read instead of everything that was missed, and older pages fill the gap.
   *
   * Every subscription pages by itself. When the last one has left, what it held is kept for `history.keepAliveMs`,
   * without a socket or a request, and the next one continues from there. It completes and errors when
   * `messageEvents` does; errors of `older$` and `newest$` are passed on.
   */
  timeline(options?: TimelineOptions): Observable<Timeline>;
  /**
   * Sends a message. A command: it starts with the first subscription, runs once, and is not cancelled by
   * unsubscribing. The message appears at once in every timeline of the conversation, as `'sending'`, and keeps its
   * `key` when it comes back in the log. A failed send is not repeated.
   *
   * @returns Emits once and completes. Errors with a `ComapiError` when the request fails, unless the message shows
   * up in the log nevertheless; the timelines then show it as `'failed'`, until `resend` or `discard`.
   */
  send(message: NewMessage): Observable<SentMessage>;
  /**
   * Sends a failed message again, as `send` does; errors with `'not-found'` when no message with this key has failed.
   */
  resend(key: string): Observable<SentMessage>;
  /** Removes a failed message from the timelines. */
  discard(key: string): void;

  /**
   * The profile ids of the others who are typing now, in the order in which they began: `[]` at once, then each
   * change. Somebody is listed until 12 s after the last sign of typing, until their message comes, or until the line
   * is lost.
   *
   *     events:  --a---b-----s-------      a, b = typing, s = a has sent a message
   *     result:  0-a---(ab)--b------0      b is forgotten
   *
   * It holds the line open. It completes and errors when the log does, but it reads no history.
   */
  readonly typing$: Observable<readonly string[]>;
  /**
   * The participants. Emits when they have been read, then each time somebody joins, leaves, or gets another role.
   * Events that arrive during the reading are applied to its result, and each reconnect reads again, so the list
   * becomes right however much was missed. All subscribers of one conversation share it.
   *
   * It holds the line open. It completes when the conversation is deleted, when I am removed from it, and with
   * `close()`; it errors with `'not-found'` or `'forbidden'` for a conversation that I never had access to, and when
   * the line fails for good. Other failures are retried without an error.
   */
  readonly participants$: Observable<readonly Participant[]>;
  /**
   * Name, description, roles and visibility. Emits when they have been read, then each time they change. It is kept
   * current, completes and errors as `participants$` does. When an update leaves a field out, the details are read
   * again, since the field may be unchanged or gone.
   */
  readonly details$: Observable<ConversationDetails>;
  /**
   * Marks messages as delivered to me. A command: it starts with the first subscription, runs once, and is not
   * cancelled by unsubscribing. Calls within 100 ms share a request, of at most 100 messages, and what the server has
   * already is not sent again. While the server cannot be reached, the request is retried for as long as the client
   * lives, without an error in any stream.
   *
   * @returns Emits once and completes when the server has all of them. It errors when the server refuses: with
   * `'http'` for a message that it does not know, while the others are still marked; with `'not-found'` or
   * `'forbidden'` when that persists; with `'unauthorized'`; and with `'closed'` when the client ends first.
   */
  markDelivered(messageIds: readonly string[]): Observable<void>;
  /**
   * Marks messages as read by me, as `markDelivered` does. Read implies delivered, so only `read` is sent for both.
   */
  markRead(messageIds: readonly string[]): Observable<void>;
  /**
   * Tells the others that I am typing, or have stopped. A command: it starts with the first subscription, runs once,
   * and is not cancelled by unsubscribing. Call it at each keystroke: the same value is sent at most once in ten
   * seconds for a conversation, however many `Conversation` objects there are for it.
   *
   * @returns Emits `true` when it was sent, `false` when that was not needed, and completes. It errors when the
   * request fails, with `'closed'` once the client is closed. A failed request is not repeated; the next call sends
   * again.
   */
  setTyping(typing: boolean): Observable<boolean>;
}
