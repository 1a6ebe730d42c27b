import { describe, expect, it } from '@jest/globals';
import { sameItems } from '../../lib/stream/sameItems.js';

describe('sameItems', () => {
  it.each([
    [[], [], true],
    [['a', 'b'], ['a', 'b'], true],
    [['a', 'b'], ['b', 'a'], false],
    [['a'], ['a', 'b'], false],
    [[{}], [{}], false],
  ])('compares %j with %j', (a, b, isSame) => {
    expect(sameItems<unknown>(a, b)).toBe(isSame);
  });
});
