import type { MessagePart } from '../wire/MessagePart.js';

/** A message as a projection of its events. */
export interface Message {
  /** The same from the optimistic item to the confirmed one: for `track` in a template. */
  readonly key: string;
  readonly id: string;
  /** Where its `conversationMessage.sent` stands in the log. */
  readonly sentEventId?: number;
  /** Profile id. */
  readonly sender?: string;
  /** ISO 8601. */
  readonly sentOn?: string;
  readonly parts: readonly MessagePart[];
  /** Absent where there is none, or nothing in it: pages do not tell the two apart. */
  readonly metadata?: unknown;
  /** By profile id. Read beats delivered; `on` is the first time of the winning one. */
  readonly statusUpdates: Readonly<
    Record<string, { readonly status: 'delivered' | 'read'; readonly on?: string }>
  >;
  readonly state: 'sending' | 'sent' | 'failed' | 'deleted';
}
