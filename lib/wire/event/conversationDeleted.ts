import * as t from 'io-ts';
import { Id } from '../Id.js';
import { exactObjectOf } from '../objectOf.js';
import type { Sample } from '../Sample.js';
import { signed } from '../signed.js';
import { wireEvent } from '../WireEvent.js';

/** A conversation was deleted. */
export interface ConversationDeletedEventData {
  readonly conversationId: string;
  readonly createdBy?: string;
  readonly timestamp?: string;
}

export const ConversationDeletedEventData: t.Type<ConversationDeletedEventData> =
  /* @__PURE__ */ exactObjectOf(
    { conversationId: Id },
    { createdBy: t.string, timestamp: t.string },
    'ConversationDeletedEventData',
  );

/** `conversation.delete`. Nothing in its payload is needed, so none is asked for. */
export const conversationDeleted = wireEvent({
  type: 'conversationDeleted',
  needs: t.type({ conversationId: Id }),
  payload: (envelope): ConversationDeletedEventData =>
    signed({ conversationId: envelope.conversationId }, envelope),
});

export const conversationDeletedSample: Sample<ConversationDeletedEventData> = {
  frame: {
    eventId: '5b0a2f60-0001',
    name: 'conversation.delete',
    apiSpaceId: 'space-1',
    payload: { date: '2026-01-05T10:00:00.000Z' },
    context: { createdBy: 'session:ann' },
    revision: 7,
    etag: '"21-del"',
    conversationId: 'garden',
    publishedOn: '2026-01-05T10:00:00.020Z',
  },
  payload: {
    conversationId: 'garden',
    createdBy: 'session:ann',
    timestamp: '2026-01-05T10:00:00.020Z',
  },
};
