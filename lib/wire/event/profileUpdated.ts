import * as t from 'io-ts';
import type { Draft } from '../Draft.js';
import { isJsonObject } from '../JsonObject.js';
import { exactObjectOf } from '../objectOf.js';
import type { Sample } from '../Sample.js';
import { testedBy } from '../testedBy.js';
import { wireEvent } from '../WireEvent.js';

/** A profile changed. Each API space decides for itself what a profile contains. */
export interface ProfileUpdatedEvent {
  readonly eTag?: string;
  readonly profile: unknown;
}

const ProfileObject = testedBy<unknown>('object', isJsonObject);

export const ProfileUpdatedEvent: t.Type<ProfileUpdatedEvent> = /* @__PURE__ */ exactObjectOf(
  { profile: ProfileObject },
  { eTag: t.string },
  'ProfileUpdatedEvent',
);

/** `profile.update`. */
export const profileUpdated = wireEvent({
  type: 'profileUpdated',
  needs: t.type({ payload: ProfileObject }),
  payload: ({ eTag, payload }): ProfileUpdatedEvent => {
    const updated: Draft<ProfileUpdatedEvent> = { profile: payload };
    if (eTag !== undefined) updated.eTag = eTag;
    return updated;
  },
});

export const profileUpdatedSample: Sample<ProfileUpdatedEvent> = {
  frame: {
    eventId: '5b0a2f60-0008',
    accountId: 1,
    apiSpaceId: 'space-1',
    name: 'profile.update',
    payload: { id: 'bob', firstName: 'Bob', avatar: 'https://example.com/bob.png' },
    eTag: '"1b-pro"',
    context: { createdBy: 'bob' },
    revision: 14,
    profileId: 'bob',
    publishedOn: '2026-01-05T09:30:00.020Z',
  },
  payload: {
    eTag: '"1b-pro"',
    profile: { id: 'bob', firstName: 'Bob', avatar: 'https://example.com/bob.png' },
  },
};
