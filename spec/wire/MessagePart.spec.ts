import { describe, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { MessagePart } from '../../lib/wire/MessagePart.js';
import { obeysCodecContract } from './codecContract.js';

const whole = { name: 'body', type: 'text/plain', url: 'https://example.com/a', data: 'hi', size: 2 };

describe('MessagePart', () => {
  obeysCodecContract(MessagePart, {
    good: [{}, whole],
    bad: [
      [{ ...whole, data: null }, ['data: expected string']],
      [{ ...whole, size: '2' }, ['size: expected number']],
      [[], ['(root): expected MessagePart']],
    ],
  });

  it('has exactly these fields', () => {
    expectTypeOf<MessagePart>().toEqualTypeOf<{
      readonly name?: string;
      readonly type?: string;
      readonly url?: string;
      readonly data?: string;
      readonly size?: number;
    }>();
  });
});
