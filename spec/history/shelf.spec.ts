import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as Shelf from '../../lib/history/shelf.js';

type Step =
  | { readonly kind: 'put'; readonly position: number; readonly item: string }
  | { readonly kind: 'take' }
  | { readonly kind: 'dropUpTo'; readonly position: number }
  | { readonly kind: 'trim'; readonly max: number; readonly room: number };

interface Item {
  readonly position: number;
  readonly item: string;
}

const lengthOf = (item: string): number => item.length;

/** As many of the first ones as there is room for. */
const fitting = (items: readonly Item[], room: number): readonly Item[] =>
  items.filter(
    (_, index) =>
      lengthOf(
        items
          .slice(0, index + 1)
          .map(({ item }) => item)
          .join(''),
      ) <= room,
  );

const position = fc.nat({ max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), position, item: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const) }) },
  fc.record({ kind: fc.constant('dropUpTo' as const), position }),
  fc.record({ kind: fc.constant('trim' as const), max: fc.nat({ max: 8 }), room: fc.nat({ max: 40 }) }),
);

describe('shelf', () => {
  it('behaves like a sorted list of all that it was given', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const shelf = Shelf.empty<string>();
        const taken: (string | undefined)[] = [];
        const expected: (string | undefined)[] = [];
        let oracle: Item[] = [];
        for (const next of steps) {
          if (next.kind === 'put') {
            Shelf.put(shelf, next.position, next.item);
            if (!oracle.some((held) => held.position === next.position)) oracle.push(next);
            oracle.sort((a, b) => a.position - b.position);
          } else if (next.kind === 'take') {
            taken.push(Shelf.takeLowest(shelf));
            expected.push(oracle.shift()?.item);
          } else if (next.kind === 'dropUpTo') {
            Shelf.dropUpTo(shelf, next.position);
            oracle = oracle.filter((held) => held.position > next.position);
          } else {
            Shelf.trim(shelf, next.max, next.room, lengthOf);
            oracle = [...fitting(oracle.slice(0, next.max), next.room)];
          }
          expect([Shelf.size(shelf), Shelf.lowest(shelf)]).toEqual([
            oracle.length,
            oracle[0]?.position ?? Infinity,
          ]);
        }
        expect(taken).toEqual(expected);
      }),
    );
  });

  it('takes a million items in order of position, in no more time than they need', () => {
    const shelf = Shelf.empty<number>();
    const count = 1_000_000;
    for (let next = 0; next < count; next += 1) Shelf.put(shelf, next, next);
    let taken = 0;
    while (Shelf.takeLowest(shelf) === taken) taken += 1;
    expect(taken).toBe(count);
  });
});
