import { describe, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { MessageStatusUpdatePayload } from '../../lib/wire/MessageStatusUpdatePayload.js';
import { obeysCodecContract } from './codecContract.js';

const status = { messageId: 'm1', conversationId: 'garden', profileId: 'ann' };

describe('MessageStatusUpdatePayload', () => {
  obeysCodecContract(MessageStatusUpdatePayload, {
    good: [status, { ...status, timestamp: '2026-01-05T09:42:00.000Z' }],
    bad: [
      [{ ...status, profileId: undefined }, ['profileId: expected non-empty string']],
      [{ ...status, timestamp: 5 }, ['timestamp: expected string']],
    ],
  });

  it('has exactly these fields', () => {
    expectTypeOf<MessageStatusUpdatePayload>().toEqualTypeOf<{
      readonly messageId: string;
      readonly conversationId: string;
      readonly profileId: string;
      readonly timestamp?: string;
    }>();
  });
});
