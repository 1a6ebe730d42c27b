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
  /** Each value returns to the newest messages, where they were let go. Default: none. */
  readonly newest$?: Observable<unknown>;
  /** How many events a page spans; those of statuses count too. Default: 50. */
  readonly pageSize?: number;
  /** How many messages are held at most, besides unsent ones. Default: 1,000. */
  readonly windowLimit?: number;
}

/** One conversation. It costs nothing until something of it is subscribed to. */
export interface Conversation {
  readonly id: string;
  /**
   * Each message event once, in order of `conversationEventId`, none skipped in silence, over any number of
   * drops. Every subscription is a run of its own, from its own `after`: `defer(() => log(options).events$)`.
   *
   *     live:      ----4--7--x  x-9---      x = line lost and back
   *     history:   -(0123)-(56)-----(8)
   *     result:    -(0123)4(567)-----(89)
   *
   * Completes when the conversation is deleted, when I am removed from it, and with `close()`. Errors with a
   * `ComapiError`: `'not-found'` or `'forbidden'` for a conversation that never was mine to see, and with the
   * verdict that ends the line. Anything else is tried again in silence. Unsubscribing stops all requests.
   *
   * @see log, which also tells of holes, of losses, and of how far it has come.
   */
  messageEvents(options?: From): Observable<ConversationMessageEvent>;
  /** One run with all its side streams; see `MergedHistory`. */
  log(options?: From): ConversationLog;
  /**
   * The same events for `for await`, read as fast as they are consumed: history waits for a slow consumer, and
   * memory stays bounded. Nothing runs before the first `next()`; leaving the loop, or aborting `signal`, ends it.
   * Rejects where `messageEvents` errors, and ends where that completes. The iterator tells a little more, for
   * those who keep a cursor.
   */
  iterate(options?: From & { readonly signal?: AbortSignal }): LogIterator<ConversationMessageEvent>;
  /**
   * What a screen shows: the newest page of messages at once, what happens from then on, and older pages when they
   * are asked for. It emits on subscription, then once for each page or event that changes something.
   *
   *     older$:    ------x--------
   *     live:      ---c-----------
   *     messages:  0-(ab)(abc)-(zabc)
   *
   * A page that fails, or that brings nothing new, is told as `problem` and may be asked for again. Where the window
   * is full, an older page lets go of the newest messages (`hasNewer`), and what comes lets go of the oldest. An own
   * send, or `newest$`, returns to the newest. After a long absence the newest page is read anew instead of all that
   * was missed, and older pages fill the gap.
   *
   * Every subscription pages by itself. After the last one has left, what it held is kept for
   * `history.keepAliveMs`, without a socket or a request, and the next one goes on from there. It completes and
   * errors when `messageEvents` does; the error of `older$` and `newest$` is passed on.
   */
  timeline(options?: TimelineOptions): Observable<Timeline>;
  /**
   * Sends a message. A command: it starts with the first subscription, runs once, and is not cancelled by
   * unsubscribing. The message is in every timeline of the conversation at once, as `'sending'`, and keeps its `key`
   * when it has come back from the log. Nothing is repeated by itself.
   *
   * @returns Emits once and completes. Errors with a `ComapiError` when the request fails, unless the message is seen
   * in the log all the same; the timelines then show it as `'failed'`, until `resend` or `discard`.
   */
  send(message: NewMessage): Observable<SentMessage>;
  /** Sends a failed message again, as `send` does; `'not-found'` where no message with this key has failed. */
  resend(key: string): Observable<SentMessage>;
  /** Takes a failed message out of the timelines. */
  discard(key: string): void;

  /**
   * The others who are typing now, in the order in which they began: `[]` at once, then each other list. Nobody
   * is shown for more than 12 s after it was last heard of them, after their message has come, or while the
   * line is down.
   *
   *     events:  --a---b-----s-------      a, b = typing, s = a has sent a message
   *     result:  0-a---(ab)--b------0      b is forgotten
   *
   * It wants the line. It completes and errors when the log does, but it reads no history.
   */
  readonly typing$: Observable<readonly string[]>;
  /**
   * Who takes part: once it has been read, then each time somebody comes, goes, or gets another role. What is
   * pushed while it is being read is put on top of it, and each new line reads it anew; so it is right again
   * however much was missed. All subscribers of one conversation share it.
   *
   * It wants the line. It completes when the conversation is deleted, when I am removed from it, and with
   * `close()`; it errors with `'not-found'` or `'forbidden'` for one that never was mine to see, and with the
   * verdict that ends the line. Other failures are tried again in silence.
   */
  readonly participants$: Observable<readonly Participant[]>;
  /**
   * What the conversation is called and allows: once it has been read, then each time that changes. It is kept,
   * completes and errors as `participants$` does. A field that an update leaves out is read again, since it may
   * be unchanged or gone.
   */
  readonly details$: Observable<ConversationDetails>;
  /**
   * Marks messages as delivered to me. A command: it starts with the first subscription, runs once, and is not
   * cancelled by unsubscribing. Calls close together share a request, of at most 100 messages, and what the
   * server has already is not sent again. While the server cannot be reached it is tried again in the background,
   * for as long as the client lives, and no stream hears of it.
   *
   * @returns Emits once and completes when the server has all of them. It errors where the server refuses: with
   * `'http'` for a message that it does not know, while the others are marked all the same; with `'not-found'` or
   * `'forbidden'` when that lasts; with `'unauthorized'`; and with `'closed'` when the client ends before.
   */
  markDelivered(messageIds: readonly string[]): Observable<void>;
  /** The same for messages that I have read. Read implies delivered: both at once are sent as read. */
  markRead(messageIds: readonly string[]): Observable<void>;
  /**
   * Tells the others that I am typing, or not any more. A command: it starts with the first subscription, runs
   * once, and is not cancelled by unsubscribing. Call it at each keystroke: the same is sent once in ten seconds
   * for a conversation, however many objects stand for it.
   *
   * @returns Emits `true` when it was sent, `false` when that was not needed, and completes. It errors when the
   * request fails, with `'closed'` once the client is closed; nothing is repeated, and the next one is sent.
   */
  setTyping(typing: boolean): Observable<boolean>;
}
