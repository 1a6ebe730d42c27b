import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  ConversationUndeletedEventData,
  conversationUndeletedSample,
} from '../../../lib/wire/event/conversationUndeleted.js';
import { obeysCodecContract } from '../codecContract.js';
import { invalid, payloadOf } from '../decoded.js';

const name = 'conversation.undelete';

describe('ConversationUndeletedEventData', () => {
  obeysCodecContract(ConversationUndeletedEventData, {
    good: [{ conversationId: 'garden' }, conversationUndeletedSample.payload],
    bad: [
      [{}, ['conversationId: expected non-empty string']],
      [{ conversationId: 'garden', createdBy: 5 }, ['createdBy: expected string']],
    ],
  });

  it('strips what it does not know', () => {
    expect(ConversationUndeletedEventData.decode({ conversationId: 'garden', more: 1 })).toHaveProperty(
      'right',
      {
        conversationId: 'garden',
      },
    );
  });

  it('has exactly these fields', () => {
    expectTypeOf<ConversationUndeletedEventData>().toEqualTypeOf<{
      readonly conversationId: string;
      readonly createdBy?: string;
      readonly timestamp?: string;
    }>();
  });
});

describe(name, () => {
  it('needs only the id of the conversation', () => {
    expect(payloadOf({ name, conversationId: 'garden' })).toStrictEqual({ conversationId: 'garden' });
    expect(payloadOf({ name, payload: { id: 'garden' } })).toStrictEqual({ conversationId: 'garden' });
  });

  it('takes who and when from the envelope', () => {
    const frame = { name, conversationId: 'garden', context: { createdBy: 'ann' }, publishedOn: 'noon' };

    expect(payloadOf(frame)).toStrictEqual({ conversationId: 'garden', createdBy: 'ann', timestamp: 'noon' });
  });

  it('is invalid without an id', () => {
    expect(payloadOf({ name, payload: {} })).toEqual(
      invalid(name, 'conversationId: expected non-empty string'),
    );
  });
});
