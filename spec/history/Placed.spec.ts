import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inOrder, isPosition, placeAll, positionOf, timeOf } from '../../lib/history/Placed.js';

const placing = {
  positionOf: (item: { readonly id: number; readonly at?: number }) => item.id,
  timeOf: (item: { readonly id: number; readonly at?: number }) => item.at,
};

const throws = (): never => {
  throw new Error('not this one');
};

describe('Placed', () => {
  it('takes safe whole numbers from 0 up for positions, and nothing else', () => {
    const odd: readonly unknown[] = [-1, -0.5, 1.5, NaN, Infinity, 2 ** 53, '7', null, undefined, {}, 7n];
    expect([0, 7, 2 ** 53 - 1].every(isPosition)).toBe(true);
    expect(odd.filter(isPosition)).toEqual([]);
  });

  it('gives no position and no time where its owner throws', () => {
    expect(positionOf({}, { positionOf: throws, timeOf: throws })).toBeUndefined();
    expect(timeOf({}, { positionOf: throws, timeOf: throws })).toBeUndefined();
  });

  it('gives no time that cannot be reckoned with', () => {
    const times = [NaN, Infinity, -Infinity, undefined];
    expect(times.map((at) => timeOf({ id: 1 }, { ...placing, timeOf: () => at }))).toEqual(
      times.map(() => undefined),
    );
  });

  it('keeps the items that have a position, in the order given', () => {
    expect(placeAll([{ id: 3, at: 30 }, { id: -1 }, { id: 1 }], placing)).toEqual([
      { position: 3, item: { id: 3, at: 30 }, at: 30 },
      { position: 1, item: { id: 1 }, at: undefined },
    ]);
  });

  it('sorts, and leaves equals in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 })), (positions) => {
        const items = positions.map((position, index) => ({ position, item: index }));
        expect(inOrder(items)).toEqual([...items].sort((a, b) => a.position - b.position || a.item - b.item));
      }),
    );
  });

  it('hands an ordered page back as it is', () => {
    const items = [1, 1, 2, 5].map((position) => ({ position, item: position }));
    expect(inOrder(items)).toBe(items);
  });
});
