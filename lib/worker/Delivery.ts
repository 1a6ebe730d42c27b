import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';

/** An event that was handed to a worker, until it is acknowledged or put back. */
export interface Delivery {
  readonly event: ConversationMessageEvent;
  /** Identifies the event for ever: an idempotency key. */
  readonly key: string;
  /** How often it has been delivered; 1 = the first time. */
  readonly attempt: number;
  /** Aborts when the event has been given to another worker: it must no longer be settled here. */
  readonly lost: AbortSignal;
  /** Acknowledges the event. Once this has resolved, it does not come again. */
  ack(): Promise<void>;
  /**
   * Puts the event back: it comes again after so many ms at the earliest, before any later one of its conversation.
   */
  retry(afterMs: number): Promise<void>;
}
