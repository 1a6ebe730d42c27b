import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  ParticipantRemovedEventData,
  participantRemovedSample,
} from '../../../lib/wire/event/participantRemoved.js';
import { obeysCodecContract } from '../codecContract.js';
import { invalid, payloadOf } from '../decoded.js';

const name = 'conversation.participantRemoved';
const conversationId = 'garden';

describe('ParticipantRemovedEventData', () => {
  obeysCodecContract(ParticipantRemovedEventData, {
    good: [{ conversationId, profileId: 'bob' }, participantRemovedSample.payload],
    bad: [
      [{ profileId: 'bob' }, ['conversationId: expected non-empty string']],
      [{ conversationId, profileId: 'bob', timestamp: 5 }, ['timestamp: expected string']],
    ],
  });

  it('has exactly these fields', () => {
    expectTypeOf<ParticipantRemovedEventData>().toEqualTypeOf<{
      readonly conversationId: string;
      readonly createdBy?: string;
      readonly profileId: string;
      readonly timestamp?: string;
    }>();
  });
});

describe(name, () => {
  it('needs the conversation and the profile, and takes nothing else from the payload', () => {
    const payload = { conversationId, profileId: 'bob', role: 'owner', createdBy: 'x', timestamp: 'y' };

    expect(payloadOf({ name, payload })).toStrictEqual({ conversationId, profileId: 'bob' });
  });

  it.each([
    [{ payload: { conversationId } }, 'payload.profileId: expected non-empty string'],
    [{ payload: { profileId: 'bob' } }, 'conversationId: expected non-empty string'],
    [{ conversationId, payload: 'bob' }, 'payload: expected object'],
  ])('is invalid as %j', (rest, misfit) => {
    expect(payloadOf({ name, ...rest })).toEqual(invalid(name, misfit));
  });
});
