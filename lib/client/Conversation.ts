import type { Observable } from 'rxjs';
import type { MergedHistory } from '../history/MergedHistory.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';

export interface From {
  /** The last id already handled; -1, the default, is the beginning; `'now'`: only what comes from now on. */
  readonly after?: number | 'now';
}

/** One run through the log of a conversation, live events and paged history as one. */
export interface ConversationLog extends MergedHistory<ConversationMessageEvent> {
  /** Numbered events without a type here, such as `conversationMessage.delete`. Creates no demand. */
  readonly others$: Observable<UnknownEvent>;
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
   * Rejects where `messageEvents` errors, and ends where that completes.
   */
  iterate(
    options?: From & { readonly signal?: AbortSignal },
  ): AsyncIterableIterator<ConversationMessageEvent>;
}
