import * as t from 'io-ts';
import { Id } from '../Id.js';
import type { LogEntry } from '../LogEntry.js';
import { MessageSentPayload } from '../MessageSentPayload.js';
import { MessageStatusUpdatePayload } from '../MessageStatusUpdatePayload.js';
import { objectOf } from '../objectOf.js';
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

const Entry = objectOf({ conversationId: Id, conversationEventId: Position }, { eventId: t.string });
const Sent = t.type({ name: t.literal('conversationMessage.sent'), payload: MessageSentPayload });
const Status = t.type({
  name: t.union([t.literal('conversationMessage.delivered'), t.literal('conversationMessage.read')]),
  payload: MessageStatusUpdatePayload,
});

/**
 * The codec of message events: checks and decodes events from elsewhere, such as a file, a queue or another process.
 *
 * There is a codec like this for every event and for each of its parts, with a type of the same name. Events from the
 * client are decoded already.
 *
 * @example
 * ```ts
 * import { ConversationMessageEvent } from 'comapi-rx';
 * import { isRight } from 'fp-ts/lib/Either.js';
 *
 * const kept: unknown = JSON.parse(`{
 *   "conversationId": "garden", "conversationEventId": 7, "name": "conversationMessage.read",
 *   "payload": { "messageId": "m1", "conversationId": "garden", "profileId": "ann" }
 * }`);
 * const event = ConversationMessageEvent.decode(kept);
 *
 * assert(isRight(event));
 * assert.equal(event.right.conversationEventId, 7);
 * assert(!ConversationMessageEvent.is({ name: 'conversationMessage.read' }));
 * ```
 */
export const ConversationMessageEvent: t.Type<ConversationMessageEvent> = t.union(
  [t.exact(t.intersection([Entry, Sent])), t.exact(t.intersection([Entry, Status]))],
  'ConversationMessageEvent',
);
