import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPassedRanges } from '../../lib/history/passedRanges.js';

const step = fc.oneof(
  fc.record({ add: fc.record({ skip: fc.nat({ max: 3 }), width: fc.integer({ min: 1, max: 5 }) }) }),
  fc.record({ claim: fc.nat({ max: 120 }) }),
);

describe('passedRanges', () => {
  it('claims each passed position once, and no other', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ranges = createPassedRanges(1_000);
        const unclaimed = new Set<number>();
        const claims: boolean[] = [];
        const expected: boolean[] = [];
        let next = 0;
        for (const each of steps) {
          if ('add' in each) {
            const from = next + each.add.skip;
            next = from + each.add.width;
            ranges.add(from, next - 1);
            for (let position = from; position < next; position += 1) unclaimed.add(position);
          } else {
            claims.push(ranges.claim(each.claim));
            expected.push(unclaimed.delete(each.claim));
          }
        }
        expect(claims).toEqual(expected);
      }),
    );
  });

  it('forgets the oldest ranges', () => {
    const ranges = createPassedRanges(2);
    ranges.add(0, 0);
    ranges.add(10, 10);
    ranges.add(20, 20);
    expect([0, 10, 20].map((position) => ranges.claim(position))).toEqual([false, true, true]);
  });

  it('stays small when a wide range comes late after all, piece by piece', () => {
    const ranges = createPassedRanges(2);
    ranges.add(0, 100);
    expect([50, 60, 70].map((position) => ranges.claim(position))).toEqual([true, true, true]);
    // Four pieces by now, of which the newest two are kept.
    expect([20, 55, 65, 75].map((position) => ranges.claim(position))).toEqual([false, false, true, true]);
  });

  it('takes neighbours for one range, however many', () => {
    const ranges = createPassedRanges(1);
    for (let position = 0; position < 10; position += 1) ranges.add(position, position);
    expect([ranges.claim(0), ranges.claim(9)]).toEqual([true, true]);
  });
});
