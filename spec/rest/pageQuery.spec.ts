import { describe, expect, it } from '@jest/globals';
import { pageQuery } from '../../lib/rest/pageQuery.js';

describe('pageQuery', () => {
  // Vendor weakness 15: event 0 cannot be reached.
  it('begins at 0 when told so', () => {
    expect(pageQuery({ from: 0, limit: 1 })).toEqual([
      ['from', '0'],
      ['limit', '1'],
    ]);
  });

  it('asks for 100 events', () => {
    expect(pageQuery({})).toEqual([['limit', '100']]);
  });

  it.each([
    { from: -1 },
    { from: 0.5 },
    { from: 2 ** 53 },
    { from: NaN },
    { limit: 0 },
    { limit: -1 },
    { limit: Infinity },
  ])('refuses %p', (range) => {
    expect(() => pageQuery(range)).toThrow(RangeError);
  });
});
