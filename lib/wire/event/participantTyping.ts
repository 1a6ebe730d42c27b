import * as t from 'io-ts';
import { Id } from '../Id.js';
import { exactObjectOf } from '../objectOf.js';
import type { Sample } from '../Sample.js';
import { signed } from '../signed.js';
import { wireEvent } from '../WireEvent.js';

/** Somebody is typing. */
export interface ParticipantTypingEventData {
  readonly conversationId: string;
  readonly createdBy?: string;
  readonly profileId: string;
  readonly timestamp?: string;
}

export const ParticipantTypingEventData: t.Type<ParticipantTypingEventData> = /* @__PURE__ */ exactObjectOf(
  { conversationId: Id, profileId: Id },
  { createdBy: t.string, timestamp: t.string },
  'ParticipantTypingEventData',
);

/** `conversation.participantTyping`. */
export const participantTyping = wireEvent({
  type: 'participantTyping',
  needs: t.type({ conversationId: Id, payload: t.type({ profileId: Id }, 'object') }),
  payload: (envelope): ParticipantTypingEventData => {
    const { conversationId, payload } = envelope;
    return signed({ conversationId, profileId: payload.profileId }, envelope);
  },
});

export const participantTypingSample: Sample<ParticipantTypingEventData> = {
  frame: {
    eventId: '5b0a2f60-0006',
    payload: { conversationId: 'garden', profileId: 'bob' },
    context: { createdBy: 'access:41c2', createdOn: '2026-01-05T09:20:00.000Z' },
    accountId: 1,
    apiSpaceId: 'space-1',
    name: 'conversation.participantTyping',
    publishedOn: '2026-01-05T09:20:00.020Z',
  },
  payload: {
    conversationId: 'garden',
    createdBy: 'access:41c2',
    profileId: 'bob',
    timestamp: '2026-01-05T09:20:00.020Z',
  },
};
