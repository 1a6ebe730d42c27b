import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clampDelay, fullJitter } from '../../lib/stream/backoff.js';

const ceilingOf = (attempt: number): number =>
  fullJitter({ attempt, initialDelayMs: 500, maxDelayMs: 20_000, random: () => 1 });

describe('fullJitter', () => {
  it('doubles its ceiling with each attempt, up to the maximum', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(ceilingOf)).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000,
    ]);
  });

  it('spreads over the whole range at the maximum too', () => {
    const half = fullJitter({ attempt: 50, initialDelayMs: 500, maxDelayMs: 20_000, random: () => 0.5 });

    expect(half).toBe(10_000);
  });

  it('is a number of milliseconds within bounds for any attempt', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, drawn) => {
          const delay = fullJitter({ attempt, initialDelayMs: 500, maxDelayMs: 20_000, random: () => drawn });
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(20_000);
        },
      ),
    );
  });

  it('stays a number where there is no delay to double, however late the attempt', () => {
    const none = fullJitter({ attempt: 5_000, initialDelayMs: 0, maxDelayMs: Infinity, random: () => 0 });

    expect(none).toBe(0);
  });
});

describe('clampDelay', () => {
  it.each([
    [30 * 24 * 3_600_000, 2_147_483_647],
    [Infinity, 2_147_483_647],
    [2_147_483_647, 2_147_483_647],
    [1_500.5, 1_500.5],
    [-1, 0],
    [Number.NaN, 0],
  ])('fits %d ms into a timer as %d', (ms, expected) => {
    expect(clampDelay(ms)).toBe(expected);
  });
});
