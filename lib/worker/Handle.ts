import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';

export interface HandleContext {
  /** Names the event for ever: the same for every attempt and every redelivery, also after a restart. */
  readonly key: string;
  /** From 1. */
  readonly attempt: number;
  /** Aborts when the time to finish is over, or the event is somebody else's by now: its outcome no longer counts. */
  readonly signal: AbortSignal;
}

/**
 * What is done with an event. A promise or an Observable that it returns is awaited (an Observable until it
 * completes, or its outcome no longer counts: then it is unsubscribed from); any other value is ignored. What it
 * throws, or rejects or errors with, is a failed attempt.
 */
export type Handle = (event: ConversationMessageEvent, context: HandleContext) => unknown;
