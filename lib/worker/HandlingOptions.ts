import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { Handle } from './Handle.js';

export interface HandlingOptions {
  readonly handle: Handle;
  /** How many conversations are handled at once; within one, one event after the other. Default: 16. */
  readonly concurrency?: number;
  /**
   * How a failed event is retried. The delay before attempt n + 1 is random, from 0 to
   * `min(maxDelayMs, initialDelayMs x 2^(n-1))`; meanwhile its conversation waits, and others go on.
   */
  readonly retry?: {
    /** Default: 5 attempts in all. */
    readonly maxAttempts?: number;
    /** Default: 200 ms. */
    readonly initialDelayMs?: number;
    /** Default: 30,000 ms. */
    readonly maxDelayMs?: number;
  };
  /**
   * Receives an event for which all attempts have failed, with the last error. It is awaited like `handle`; then the
   * conversation goes on. If it fails itself, or there is none, the run stops with that error, and the cursor stays
   * before the event.
   */
  readonly deadLetter?: (event: ConversationMessageEvent, error: unknown) => unknown;
  /** Aborting it stops the run, and aborts the signals of handlers at once. */
  readonly signal?: AbortSignal;
}
