import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  ParticipantAddedEventData,
  participantAddedSample,
} from '../../../lib/wire/event/participantAdded.js';
import { obeysCodecContract } from '../codecContract.js';
import { invalid, payloadOf } from '../decoded.js';

const name = 'conversation.participantAdded';
const conversationId = 'garden';

describe('ParticipantAddedEventData', () => {
  obeysCodecContract(ParticipantAddedEventData, {
    good: [{ conversationId, profileId: 'bob' }, participantAddedSample.payload],
    bad: [
      [{ conversationId }, ['profileId: expected non-empty string']],
      [{ conversationId, profileId: 'bob', role: 1 }, ['role: expected string']],
    ],
  });

  it('has exactly these fields', () => {
    expectTypeOf<ParticipantAddedEventData>().toEqualTypeOf<{
      readonly conversationId: string;
      readonly createdBy?: string;
      readonly profileId: string;
      readonly role?: string;
      readonly timestamp?: string;
    }>();
  });
});

describe(name, () => {
  it.each([[{ conversationId }], [{}]])('finds the conversation at the top or in the payload: %j', (top) => {
    const payload = { conversationId, profileId: 'bob', apiSpaceId: 'space-1' };

    expect(payloadOf({ name, ...top, payload })).toStrictEqual({ conversationId, profileId: 'bob' });
  });

  it('takes a role that is null for missing', () => {
    expect(payloadOf({ name, conversationId, payload: { profileId: 'bob', role: null } })).toStrictEqual({
      conversationId,
      profileId: 'bob',
    });
  });

  it.each([
    [{ profileId: '' }, 'payload.profileId: expected non-empty string'],
    [{ id: 'bob' }, 'payload.profileId: expected non-empty string'],
    [{ profileId: 'bob', role: 5 }, 'payload.role: expected string'],
    [null, 'payload: expected object'],
    [[], 'payload: expected object'],
  ])('is invalid with the payload %j', (payload, misfit) => {
    expect(payloadOf({ name, conversationId, payload })).toEqual(invalid(name, misfit));
  });
});
