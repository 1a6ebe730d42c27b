import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { Delivery } from './Delivery.js';

/**
 * A durable log of many conversations that any number of processes write to and read from.
 *
 * Two promises carry everything that is built on it. Within a conversation the events stand in order of
 * `conversationEventId`, each once, whoever appends and however often. And a group of readers is given each
 * event at least once, one at a time within a conversation.
 */
export interface EventLog {
  /**
   * Appends an event, if it directly follows the last one of its conversation. Any number of writers may try.
   *
   * @param event Its `conversationId` says where, its `conversationEventId` must be above that of the last one.
   * @param after The last id the writer knows of; `'baseline'`, or -1: the log has none of this conversation yet.
   * @param signal Gives up waiting. The event may be in the log nevertheless: append it again to know.
   * @returns Resolves when the event is as durable as the log makes it. Rejects when that is not known; then the
   * same call may be repeated until it resolves. Rejects with a `TypeError` for what is no event or no id.
   */
  append(
    event: ConversationMessageEvent,
    after: number | 'baseline',
    signal?: AbortSignal,
  ): Promise<AppendResult>;
  /** The last id of a conversation, read from the log itself; `undefined`: it has none. */
  last(conversationId: string): Promise<number | undefined>;
  /**
   * The events for one group of readers, from the first event of the log on; a group is its name. Each event goes to
   * one reader of the group, and within a conversation the next comes when the one before is settled.
   *
   * @throws TypeError or RangeError for a group, or options, that can only be a mistake.
   * @param options `concurrency`: how many may be unsettled at once. `signal` ends the iteration; what has been
   * handed out may be settled after it, and each must be: by `ack`, or by `retry`, which gives it to somebody else.
   */
  deliveries(
    group: string,
    options: { readonly concurrency: number; readonly signal: AbortSignal },
  ): Deliveries;
}

/** Deliveries, one after another. */
export interface Deliveries extends AsyncIterable<Delivery> {
  /** How many events wait for the group, as far as this reader has heard; other readers may have had them since. */
  readonly lag?: number;
}

/**
 * What became of an event that was to be appended:
 *
 * - `appended`: it is the last one now;
 * - `duplicate`: the log is at this id already, or past it;
 * - `conflict`: it does not follow `last`, where the log really ends (-1: it has nothing of this conversation).
 *   Go on from there.
 */
export type AppendResult =
  { readonly kind: 'appended' | 'duplicate' } | { readonly kind: 'conflict'; readonly last: number };
