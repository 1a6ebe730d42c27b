import { describe, expect, it } from '@jest/globals';
import { queryOf } from '../../lib/rest/queryOf.js';

describe('queryOf', () => {
  it('keeps order and leaves out what is undefined', () => {
    expect(queryOf({ b: 'x y', none: undefined, a: 0, empty: '' })).toEqual([
      ['b', 'x y'],
      ['a', '0'],
      ['empty', ''],
    ]);
  });

  it('refuses half a surrogate pair', () => {
    expect(() => queryOf({ a: '\ud800' })).toThrow(RangeError);
    expect(() => queryOf({ '\udc00': 'a' })).toThrow(RangeError);
  });

  it.each([null, true, {}])('refuses %j', (value) => {
    // @ts-expect-error: what no type checker has seen
    expect(() => queryOf({ a: value })).toThrow(TypeError);
  });
});
