import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../../../lib/server/faults/createRandom.js';

const take = (count: number, next: () => number): readonly number[] => Array.from({ length: count }, next);

describe('createRandom', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    expect(take(5, createRandom(7))).toEqual(take(5, createRandom(7)));
    expect(take(5, createRandom(7))).not.toEqual(take(5, createRandom(8)));
  });

  it('spreads its numbers evenly from 0 to below 1', () => {
    const numbers = take(10_000, createRandom(1));
    const inTenths = Array.from(
      { length: 10 },
      (_, tenth) => numbers.filter((number) => Math.floor(number * 10) === tenth).length,
    );

    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(Math.min(...inTenths)).toBeGreaterThan(900);
    expect(Math.max(...inTenths)).toBeLessThan(1_100);
  });
});
