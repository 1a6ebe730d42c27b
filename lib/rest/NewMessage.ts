import type { MessagePart } from '../wire/MessagePart.js';

/** A message to be sent; a string is one part of plain text. */
export type NewMessage =
  | string
  | {
      readonly parts: readonly MessagePart[];
      readonly metadata?: Readonly<Record<string, unknown>>;
      /** What push notifications show. */
      readonly alert?: unknown;
    };

/** The answer to a sent message. */
export interface SentMessage {
  readonly id: string;
  /** Its `conversationEventId`; absent where the server does not say. */
  readonly eventId?: number;
}
