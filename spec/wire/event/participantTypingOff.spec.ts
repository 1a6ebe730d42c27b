import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  ParticipantTypingOffEventData,
  participantTypingOffSample,
} from '../../../lib/wire/event/participantTypingOff.js';
import { obeysCodecContract } from '../codecContract.js';
import { invalid, payloadOf } from '../decoded.js';

const name = 'conversation.participantTypingOff';
const conversationId = 'garden';

describe('ParticipantTypingOffEventData', () => {
  obeysCodecContract(ParticipantTypingOffEventData, {
    good: [{ conversationId, profileId: 'bob' }, participantTypingOffSample.payload],
    bad: [
      [{ profileId: 'bob' }, ['conversationId: expected non-empty string']],
      [{ conversationId, profileId: 'bob', timestamp: 5 }, ['timestamp: expected string']],
    ],
  });

  it('has exactly these fields', () => {
    expectTypeOf<ParticipantTypingOffEventData>().toEqualTypeOf<{
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
