import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';

/** An event in the hands of a worker, until it is settled one way or the other. */
export interface Delivery {
  readonly event: ConversationMessageEvent;
  /** Names the event for ever, for whoever must not do the same thing twice. */
  readonly key: string;
  /** How often it has been delivered; 1 = the first time. */
  readonly attempt: number;
  /** Aborts when the event is somebody else's by now: it must not be settled any more. */
  readonly lost: AbortSignal;
  /** It is done, and never comes again once this has resolved. */
  ack(): Promise<void>;
  /** It comes again, before anything later of its conversation, and not before so many ms have passed. */
  retry(afterMs: number): Promise<void>;
}
