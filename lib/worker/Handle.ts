import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';

export interface HandleContext {
  /** Identifies the event for ever: the same for every attempt and every redelivery, also after a restart. */
  readonly key: string;
  /** From 1. */
  readonly attempt: number;
  /** Aborts when the time that `stop` allows is over, or another worker has the event: the outcome no longer counts. */
  readonly signal: AbortSignal;
}

/**
 * Handles an event. A returned promise or Observable is awaited, the Observable until it completes; it is
 * unsubscribed when its outcome no longer counts. Any other value is ignored. An exception, a rejection or an error
 * is a failed attempt.
 */
export type Handle = (event: ConversationMessageEvent, context: HandleContext) => unknown;
