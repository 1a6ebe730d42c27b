import * as t from 'io-ts';
import type { Draft } from '../Draft.js';
import { Id } from '../Id.js';
import { logEntry } from '../LogEntry.js';
import { maybe } from '../maybe.js';
import type { MessageStatusUpdatePayload } from '../MessageStatusUpdatePayload.js';
import { objectOf } from '../objectOf.js';
import { Position } from '../Position.js';
import type { Sample } from '../Sample.js';
import { wireEvent, type WireEvent } from '../WireEvent.js';
import type { ConversationMessageEvent } from './conversationMessageEvent.js';

const WireStatus = objectOf({ messageId: Id, profileId: Id }, { timestamp: maybe(t.string) }, 'object');

const statusEvent = (
  name: 'conversationMessage.delivered' | 'conversationMessage.read',
): WireEvent<'conversationMessageEvent', ConversationMessageEvent> =>
  wireEvent({
    type: 'conversationMessageEvent',
    needs: t.type({ conversationId: Id, conversationEventId: Position, payload: WireStatus }),
    payload: (envelope): ConversationMessageEvent => {
      const { messageId, profileId, timestamp } = envelope.payload;
      const status: Draft<MessageStatusUpdatePayload> = {
        messageId,
        conversationId: envelope.conversationId,
        profileId,
      };
      if (typeof timestamp === 'string') status.timestamp = timestamp;
      return logEntry(envelope, name, status);
    },
  });

/** `conversationMessage.delivered`. Servers repeat it, and send it after `read` too. */
export const conversationMessageDelivered = statusEvent('conversationMessage.delivered');

/** `conversationMessage.read`. It may come without a `delivered` before it. */
export const conversationMessageRead = statusEvent('conversationMessage.read');

export const conversationMessageDeliveredSample: Sample<ConversationMessageEvent> = {
  frame: {
    eventId: '5b0a2f60-000a',
    apiSpaceId: 'space-1',
    name: 'conversationMessage.delivered',
    payload: {
      messageId: 'message-1',
      conversationId: 'garden',
      profileId: 'ann',
      timestamp: '2026-01-05T09:41:00.000Z',
    },
    context: { createdBy: 'ann' },
    revision: 4,
    conversationEventId: 4,
    publishedOn: '2026-01-05T09:41:00.020Z',
  },
  payload: {
    eventId: '5b0a2f60-000a',
    conversationId: 'garden',
    conversationEventId: 4,
    name: 'conversationMessage.delivered',
    payload: {
      messageId: 'message-1',
      conversationId: 'garden',
      profileId: 'ann',
      timestamp: '2026-01-05T09:41:00.000Z',
    },
  },
};

export const conversationMessageReadSample: Sample<ConversationMessageEvent> = {
  frame: {
    eventId: '5b0a2f60-000b',
    apiSpaceId: 'space-1',
    name: 'conversationMessage.read',
    payload: {
      messageId: 'message-1',
      conversationId: 'garden',
      profileId: 'ann',
      timestamp: '2026-01-05T09:42:00.000Z',
    },
    context: { createdBy: 'ann' },
    revision: 5,
    conversationEventId: 5,
    publishedOn: '2026-01-05T09:42:00.020Z',
  },
  payload: {
    eventId: '5b0a2f60-000b',
    conversationId: 'garden',
    conversationEventId: 5,
    name: 'conversationMessage.read',
    payload: {
      messageId: 'message-1',
      conversationId: 'garden',
      profileId: 'ann',
      timestamp: '2026-01-05T09:42:00.000Z',
    },
  },
};
