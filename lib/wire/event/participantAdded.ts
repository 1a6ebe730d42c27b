import * as t from 'io-ts';
import type { Draft } from '../Draft.js';
import { Id } from '../Id.js';
import { maybe } from '../maybe.js';
import { exactObjectOf, objectOf } from '../objectOf.js';
import type { Sample } from '../Sample.js';
import { signed } from '../signed.js';
import { wireEvent } from '../WireEvent.js';

/** Somebody joined a conversation, or was added to it. Its creator is reported too. */
export interface ParticipantAddedEventData {
  readonly conversationId: string;
  readonly createdBy?: string;
  readonly profileId: string;
  /** `owner` or `participant`; servers may know more. */
  readonly role?: string;
  readonly timestamp?: string;
}

export const ParticipantAddedEventData: t.Type<ParticipantAddedEventData> = /* @__PURE__ */ exactObjectOf(
  { conversationId: Id, profileId: Id },
  { createdBy: t.string, role: t.string, timestamp: t.string },
  'ParticipantAddedEventData',
);

const WireParticipant = objectOf({ profileId: Id }, { role: maybe(t.string) }, 'object');

/** `conversation.participantAdded`. */
export const participantAdded = wireEvent({
  type: 'participantAdded',
  needs: t.type({ conversationId: Id, payload: WireParticipant }),
  payload: (envelope): ParticipantAddedEventData => {
    const { profileId, role } = envelope.payload;
    const added: Draft<ParticipantAddedEventData> = { conversationId: envelope.conversationId, profileId };
    if (typeof role === 'string') added.role = role;
    return signed(added, envelope);
  },
});

export const participantAddedSample: Sample<ParticipantAddedEventData> = {
  frame: {
    eventId: '5b0a2f60-0004',
    name: 'conversation.participantAdded',
    apiSpaceId: 'space-1',
    payload: { profileId: 'bob', role: 'participant', conversationId: 'garden', apiSpaceId: 'space-1' },
    context: { createdBy: 'ann' },
    conversationId: 'garden',
    publishedOn: '2026-01-05T09:10:00.020Z',
  },
  payload: {
    conversationId: 'garden',
    createdBy: 'ann',
    profileId: 'bob',
    role: 'participant',
    timestamp: '2026-01-05T09:10:00.020Z',
  },
};
