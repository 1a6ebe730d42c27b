import * as t from 'io-ts';
import { Id } from '../Id.js';
import { exactObjectOf } from '../objectOf.js';
import type { Sample } from '../Sample.js';
import { signed } from '../signed.js';
import { wireEvent } from '../WireEvent.js';

/** Somebody left a conversation, or was removed from it. */
export interface ParticipantRemovedEventData {
  readonly conversationId: string;
  readonly createdBy?: string;
  readonly profileId: string;
  readonly timestamp?: string;
}

export const ParticipantRemovedEventData: t.Type<ParticipantRemovedEventData> = /* @__PURE__ */ exactObjectOf(
  { conversationId: Id, profileId: Id },
  { createdBy: t.string, timestamp: t.string },
  'ParticipantRemovedEventData',
);

/** `conversation.participantRemoved`. */
export const participantRemoved = wireEvent({
  type: 'participantRemoved',
  needs: t.type({ conversationId: Id, payload: t.type({ profileId: Id }, 'object') }),
  payload: (envelope): ParticipantRemovedEventData => {
    const { conversationId, payload } = envelope;
    return signed({ conversationId, profileId: payload.profileId }, envelope);
  },
});

export const participantRemovedSample: Sample<ParticipantRemovedEventData> = {
  frame: {
    eventId: '5b0a2f60-0005',
    name: 'conversation.participantRemoved',
    apiSpaceId: 'space-1',
    payload: { profileId: 'bob', conversationId: 'garden', apiSpaceId: 'space-1' },
    context: { createdBy: 'system:Housekeeping' },
    conversationId: 'garden',
    publishedOn: '2026-01-05T09:50:00.020Z',
  },
  payload: {
    conversationId: 'garden',
    createdBy: 'system:Housekeeping',
    profileId: 'bob',
    timestamp: '2026-01-05T09:50:00.020Z',
  },
};
