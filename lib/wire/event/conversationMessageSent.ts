import * as t from 'io-ts';
import type { Draft } from '../Draft.js';
import { Id } from '../Id.js';
import { listOf } from '../listOf.js';
import { logEntry } from '../LogEntry.js';
import { maybe } from '../maybe.js';
import type { MessageSentPayload } from '../MessageSentPayload.js';
import { objectOf } from '../objectOf.js';
import { Position } from '../Position.js';
import type { Sample } from '../Sample.js';
import { wireEvent } from '../WireEvent.js';
import { messageParts, WirePart } from '../WirePart.js';
import type { ConversationMessageEvent } from './conversationMessageEvent.js';

const WireMessage = objectOf(
  { messageId: Id },
  { metadata: t.unknown, context: t.unknown, parts: maybe(listOf(WirePart)), alert: t.unknown },
  'object',
);

/** `conversationMessage.sent`. The sender is told as well, on all devices. */
export const conversationMessageSent = wireEvent({
  type: 'conversationMessageEvent',
  needs: t.type({ conversationId: Id, conversationEventId: Position, payload: WireMessage }),
  payload: (envelope): ConversationMessageEvent =>
    logEntry(envelope, 'conversationMessage.sent', messageOf(envelope.payload)),
});

const messageOf = (wire: t.TypeOf<typeof WireMessage>): MessageSentPayload => {
  const message: Draft<MessageSentPayload> = { messageId: wire.messageId };
  if (wire.metadata !== undefined) message.metadata = wire.metadata;
  if (wire.context !== undefined) message.context = wire.context;
  if (wire.parts) message.parts = messageParts(wire.parts);
  if (wire.alert !== undefined) message.alert = wire.alert;
  return message;
};

export const conversationMessageSentSample: Sample<ConversationMessageEvent> = {
  frame: {
    eventId: '5b0a2f60-0009',
    apiSpaceId: 'space-1',
    name: 'conversationMessage.sent',
    payload: {
      messageId: 'message-1',
      metadata: { draft: 'none' },
      context: {
        from: { id: 'bob', name: 'Bob' },
        conversationId: 'garden',
        sentBy: 'session:bob',
        sentOn: '2026-01-05T09:40:00.000Z',
      },
      parts: [{ name: 'body', type: 'text/plain', data: 'The roses are out', size: 17 }],
      alert: {
        text: 'Bob wrote',
        platforms: { apns: { alert: 'Bob wrote', badge: 1 }, fcm: { notification: { title: 'Bob' } } },
      },
    },
    context: { createdBy: 'session:bob' },
    revision: 3,
    conversationEventId: 3,
    publishedOn: '2026-01-05T09:40:00.020Z',
  },
  payload: {
    eventId: '5b0a2f60-0009',
    conversationId: 'garden',
    conversationEventId: 3,
    name: 'conversationMessage.sent',
    payload: {
      messageId: 'message-1',
      metadata: { draft: 'none' },
      context: {
        from: { id: 'bob', name: 'Bob' },
        conversationId: 'garden',
        sentBy: 'session:bob',
        sentOn: '2026-01-05T09:40:00.000Z',
      },
      parts: [{ name: 'body', type: 'text/plain', data: 'The roses are out', size: 17 }],
      alert: {
        text: 'Bob wrote',
        platforms: { apns: { alert: 'Bob wrote', badge: 1 }, fcm: { notification: { title: 'Bob' } } },
      },
    },
  },
};
