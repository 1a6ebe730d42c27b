import * as t from 'io-ts';
import { Id } from '../Id.js';
import { exactObjectOf } from '../objectOf.js';
import type { Sample } from '../Sample.js';
import { signed } from '../signed.js';
import { wireEvent } from '../WireEvent.js';

/** Somebody stopped typing. */
export interface ParticipantTypingOffEventData {
  readonly conversationId: string;
  readonly createdBy?: string;
  readonly profileId: string;
  readonly timestamp?: string;
}

export const ParticipantTypingOffEventData: t.Type<ParticipantTypingOffEventData> =
  /* @__PURE__ */ exactObjectOf(
    { conversationId: Id, profileId: Id },
    { createdBy: t.string, timestamp: t.string },
    'ParticipantTypingOffEventData',
  );

/** `conversation.participantTypingOff`. */
export const participantTypingOff = wireEvent({
  type: 'participantTypingOff',
  needs: t.type({ conversationId: Id, payload: t.type({ profileId: Id }, 'object') }),
  payload: (envelope): ParticipantTypingOffEventData => {
    const { conversationId, payload } = envelope;
    return signed({ conversationId, profileId: payload.profileId }, envelope);
  },
});

export const participantTypingOffSample: Sample<ParticipantTypingOffEventData> = {
  frame: {
    eventId: '5b0a2f60-0007',
    payload: { conversationId: 'garden', profileId: 'bob' },
    context: { createdBy: 'access:41c2', createdOn: '2026-01-05T09:21:00.000Z' },
    accountId: 1,
    apiSpaceId: 'space-1',
    name: 'conversation.participantTypingOff',
    publishedOn: '2026-01-05T09:21:00.020Z',
  },
  payload: {
    conversationId: 'garden',
    createdBy: 'access:41c2',
    profileId: 'bob',
    timestamp: '2026-01-05T09:21:00.020Z',
  },
};
