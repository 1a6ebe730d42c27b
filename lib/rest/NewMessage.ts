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

/** A message that the server has taken. */
export interface SentMessage {
  readonly id: string;
  /** Where it stands in the log of the conversation; absent where the server does not tell. */
  readonly eventId?: number;
}
