import * as t from 'io-ts';
import { Id } from '../Id.js';
import type { LogEntry } from '../LogEntry.js';
import { MessageSentPayload } from '../MessageSentPayload.js';
import { MessageStatusUpdatePayload } from '../MessageStatusUpdatePayload.js';
import { Position } from '../Position.js';

/** One entry in the log of a conversation: a message was sent, delivered or read. */
export type ConversationMessageEvent =
  | (LogEntry & {
      readonly name: 'conversationMessage.sent';
      readonly payload: MessageSentPayload;
    })
  | (LogEntry & {
      readonly name: 'conversationMessage.delivered' | 'conversationMessage.read';
      readonly payload: MessageStatusUpdatePayload;
    });

const Entry = t.intersection([
  t.type({ conversationId: Id, conversationEventId: Position }),
  t.partial({ eventId: t.string }),
]);
const Sent = t.type({ name: t.literal('conversationMessage.sent'), payload: MessageSentPayload });
const Status = t.type({
  name: t.union([t.literal('conversationMessage.delivered'), t.literal('conversationMessage.read')]),
  payload: MessageStatusUpdatePayload,
});

export const ConversationMessageEvent: t.Type<ConversationMessageEvent> = t.union(
  [t.exact(t.intersection([Entry, Sent])), t.exact(t.intersection([Entry, Status]))],
  'ConversationMessageEvent',
);
