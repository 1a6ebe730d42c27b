import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstIndexWhere } from '../../lib/stream/firstIndexWhere.js';

describe('firstIndexWhere', () => {
  it('finds what a walk from the start finds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.nat(20), (numbers, least) => {
        const sorted = numbers.sort((a, b) => a - b);
        const walked = sorted.findIndex((number) => number >= least);

        expect(firstIndexWhere(sorted, (number) => number >= least)).toBe(
          walked === -1 ? sorted.length : walked,
        );
      }),
    );
  });
});
