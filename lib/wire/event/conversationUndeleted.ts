import * as t from 'io-ts';
import { Id } from '../Id.js';
import { exactObjectOf } from '../objectOf.js';
import type { Sample } from '../Sample.js';
import { signed } from '../signed.js';
import { wireEvent } from '../WireEvent.js';

/** A deleted conversation is there again. */
export interface ConversationUndeletedEventData {
  readonly conversationId: string;
  readonly createdBy?: string;
  readonly timestamp?: string;
}

export const ConversationUndeletedEventData: t.Type<ConversationUndeletedEventData> =
  /* @__PURE__ */ exactObjectOf(
    { conversationId: Id },
    { createdBy: t.string, timestamp: t.string },
    'ConversationUndeletedEventData',
  );

/** `conversation.undelete`. Nothing in its payload is needed, so none is asked for. */
export const conversationUndeleted = wireEvent({
  type: 'conversationUndeleted',
  needs: t.type({ conversationId: Id }),
  payload: (envelope): ConversationUndeletedEventData =>
    signed({ conversationId: envelope.conversationId }, envelope),
});

export const conversationUndeletedSample: Sample<ConversationUndeletedEventData> = {
  frame: {
    eventId: '5b0a2f60-0002',
    name: 'conversation.undelete',
    apiSpaceId: 'space-1',
    payload: {
      id: 'garden',
      name: 'The garden',
      description: 'Beds and paths',
      roles: {},
      isPublic: false,
    },
    context: { createdBy: 'session:ann' },
    revision: 8,
    etag: '"22-und"',
    conversationId: 'garden',
    publishedOn: '2026-01-05T11:00:00.020Z',
  },
  payload: {
    conversationId: 'garden',
    createdBy: 'session:ann',
    timestamp: '2026-01-05T11:00:00.020Z',
  },
};
