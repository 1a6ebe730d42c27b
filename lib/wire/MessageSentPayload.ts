import * as t from 'io-ts';
import { Id } from './Id.js';
import { MessagePart } from './MessagePart.js';
import { exactObjectOf } from './objectOf.js';

/** A message as it was sent. Everything that the sender chose passes through untouched. */
export interface MessageSentPayload {
  readonly messageId: string;
  readonly metadata?: unknown;
  readonly context?: unknown;
  readonly parts?: readonly MessagePart[];
  readonly alert?: unknown;
}

export const MessageSentPayload: t.Type<MessageSentPayload> = /* @__PURE__ */ exactObjectOf(
  { messageId: Id },
  {
    metadata: t.unknown,
    context: t.unknown,
    parts: t.readonlyArray(MessagePart),
    alert: t.unknown,
  },
  'MessageSentPayload',
);
