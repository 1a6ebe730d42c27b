import { describe, expect, it } from '@jest/globals';
import * as t from 'io-ts';
import { listOf } from '../../lib/wire/listOf.js';
import { misfits } from '../../lib/wire/misfits.js';
import { obeysCodecContract } from './codecContract.js';

describe('listOf', () => {
  obeysCodecContract(listOf(t.string), {
    good: [[], ['a'], ['a', 'b']],
    bad: [
      ['a', ['(root): expected array']],
      [{ length: 0 }, ['(root): expected array']],
      [['a', 5], ['1: expected string']],
    ],
  });

  it('names the first wrong item only', () => {
    const wrong = Array.from({ length: 100_000 }, (_, index) => (index < 3 ? 'fine' : index));

    expect(misfits(listOf(t.string), wrong)).toEqual(['3: expected string']);
  });

  it('decodes to the same array', () => {
    const list = ['a', 'b'];

    expect(listOf(t.string).decode(list)).toHaveProperty('right', list);
    expect(Object.isFrozen(list)).toBe(false);
  });
});
