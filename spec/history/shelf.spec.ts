import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createShelf } from '../../lib/history/shelf.js';

type Step =
  | { readonly kind: 'put'; readonly position: number; readonly item: string }
  | { readonly kind: 'take' }
  | { readonly kind: 'dropUpTo'; readonly position: number }
  | { readonly kind: 'trim'; readonly max: number };

const position = fc.nat({ max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), position, item: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const) }) },
  fc.record({ kind: fc.constant('dropUpTo' as const), position }),
  fc.record({ kind: fc.constant('trim' as const), max: fc.nat({ max: 8 }) }),
);

describe('shelf', () => {
  it('behaves like a sorted list of all that it was given', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const shelf = createShelf<string>();
        const taken: (string | undefined)[] = [];
        const expected: (string | undefined)[] = [];
        let oracle: { readonly position: number; readonly item: string }[] = [];
        for (const next of steps) {
          if (next.kind === 'put') {
            shelf.put(next.position, next.item);
            if (!oracle.some((held) => held.position === next.position)) oracle.push(next);
            oracle.sort((a, b) => a.position - b.position);
          } else if (next.kind === 'take') {
            taken.push(shelf.takeLowest());
            expected.push(oracle.shift()?.item);
          } else if (next.kind === 'dropUpTo') {
            shelf.dropUpTo(next.position);
            oracle = oracle.filter((held) => held.position > next.position);
          } else {
            shelf.trim(next.max);
            oracle = oracle.slice(0, next.max);
          }
          expect([shelf.size(), shelf.lowest()]).toEqual([oracle.length, oracle[0]?.position ?? Infinity]);
        }
        expect(taken).toEqual(expected);
      }),
    );
  });

  it('takes a million items in order of position, in no more time than they need', () => {
    const shelf = createShelf<number>();
    const count = 1_000_000;
    for (let next = 0; next < count; next += 1) shelf.put(next, next);
    let taken = 0;
    while (shelf.takeLowest() === taken) taken += 1;
    expect(taken).toBe(count);
  });
});
