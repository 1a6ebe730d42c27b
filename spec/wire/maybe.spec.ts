import { describe, expect, it } from '@jest/globals';
import * as t from 'io-ts';
import { maybe } from '../../lib/wire/maybe.js';
import { obeysCodecContract } from './codecContract.js';

describe('maybe', () => {
  obeysCodecContract(maybe(t.string), {
    good: ['word', '', null, undefined],
    bad: [[5, ['(root): expected string']]],
  });

  it('keeps the name of the codec it wraps', () => {
    expect(maybe(t.boolean).name).toBe('boolean');
  });
});
