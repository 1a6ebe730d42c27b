import type { MessagePart } from '../wire/MessagePart.js';

/** A message as a projection of its events. */
export interface Message {
  /**
   * Stays the same from the moment a message is sent to its confirmation by the server: for `track` in a template.
   */
  readonly key: string;
  readonly id: string;
  /** Where its `conversationMessage.sent` stands in the log. */
  readonly sentEventId?: number;
  /** Profile id. */
  readonly sender?: string;
  /** ISO 8601. */
  readonly sentOn?: string;
  readonly parts: readonly MessagePart[];
  /** Absent where there is none or an empty one: pages do not distinguish the two. */
  readonly metadata?: unknown;
  /** By profile id. `read` beats `delivered`; `on` is when that status was first set, ISO 8601. */
  readonly statusUpdates: Readonly<
    Record<string, { readonly status: 'delivered' | 'read'; readonly on?: string }>
  >;
  readonly state: 'sending' | 'sent' | 'failed' | 'deleted';
}
