import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { MessagePart } from '../../lib/wire/MessagePart.js';
import { MessageSentPayload } from '../../lib/wire/MessageSentPayload.js';
import { obeysCodecContract } from './codecContract.js';

describe('MessageSentPayload', () => {
  obeysCodecContract(MessageSentPayload, {
    good: [
      { messageId: 'm1' },
      { messageId: 'm1', metadata: null, context: 5, parts: [], alert: 'x' },
      { messageId: 'm1', parts: [{ data: 'hi' }, {}] },
    ],
    bad: [
      [{ messageId: '' }, ['messageId: expected non-empty string']],
      [{ messageId: 'm1', parts: [{ url: 5 }] }, ['parts.0.url: expected string']],
    ],
  });

  it('strips unknown keys of its own, not those inside', () => {
    const parts = [{ data: 'hi', extra: 1 }];

    expect(MessageSentPayload.decode({ messageId: 'm1', parts, conversationId: 'c' })).toHaveProperty(
      'right',
      {
        messageId: 'm1',
        parts,
      },
    );
  });

  it('has exactly these fields', () => {
    expectTypeOf<MessageSentPayload>().toEqualTypeOf<{
      readonly messageId: string;
      readonly metadata?: unknown;
      readonly context?: unknown;
      readonly parts?: readonly MessagePart[];
      readonly alert?: unknown;
    }>();
  });
});
