import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryAfter } from '../../lib/transport/retryAfter.js';

describe('retryAfter', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Thu, 01 Jan 1970 00:00:10 GMT', 4_000],
    ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
    ['9'.repeat(400), 2 ** 31 - 1],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 2 ** 31 - 1],
  ])('reads %j', (value, waitMs) => {
    expect(retryAfter(value, 6_000)).toBe(waitMs);
  });

  it.each([undefined, '', 'soon', '-', '-5', '1.5', '2099-1'])('has nothing to say about %j', (value) => {
    expect(retryAfter(value, 0)).toBeUndefined();
  });

  it('is always a wait that a timer can hold', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)),
        fc.integer(),
        (value, now) => {
          const waitMs = retryAfter(value, now) ?? 0;
          expect(waitMs >= 0 && waitMs < 2 ** 31).toBe(true);
        },
      ),
    );
  });
});
