import * as t from 'io-ts';
import { Id } from './Id.js';
import { MessagePart } from './MessagePart.js';

/** A message as it was sent. Everything that the sender chose passes through untouched. */
export interface MessageSentPayload {
  readonly messageId: string;
  readonly metadata?: unknown;
  readonly context?: unknown;
  readonly parts?: readonly MessagePart[];
  readonly alert?: unknown;
}

export const MessageSentPayload: t.Type<MessageSentPayload> = t.exact(
  t.intersection([
    t.type({ messageId: Id }),
    t.partial({
      metadata: t.unknown,
      context: t.unknown,
      parts: t.readonlyArray(MessagePart),
      alert: t.unknown,
    }),
  ]),
  'MessageSentPayload',
);
