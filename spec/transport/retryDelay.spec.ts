import { describe, expect, it } from '@jest/globals';
import { retryDelay, type RetryDelayOptions } from '../../lib/transport/retryDelay.js';
import { failed } from './failed.js';

const delayOf = (options: Partial<RetryDelayOptions>): number =>
  retryDelay({
    failure: failed({ closeCode: 1006 }),
    failures: 1,
    initialDelayMs: 500,
    maxDelayMs: 20_000,
    random: () => 1,
    ...options,
  });

describe('retryDelay', () => {
  it('grows with the failures in a row and is drawn from all of the range', () => {
    expect([1, 2, 3, 7, 99].map((failures) => delayOf({ failures }))).toEqual([
      500, 1_000, 2_000, 20_000, 20_000,
    ]);
    expect(delayOf({ failures: 3, random: () => 0.25 })).toBe(500);
    expect(delayOf({ random: () => 0 })).toBe(0);
  });

  it.each([1001, 1012, 1013])('spreads the first delay after %d over five seconds', (closeCode) => {
    const failure = failed({ closeCode });

    expect([0, 0.5, 1].map((drawn) => delayOf({ failure, random: () => drawn }))).toEqual([
      500, 3_000, 5_500,
    ]);
    expect(delayOf({ failure, failures: 7 })).toBe(20_000);
  });

  it('keeps to maxDelayMs after a restart, and still spreads below it', () => {
    const failure = failed({ closeCode: 1012 });
    const fast = { failure, initialDelayMs: 10, maxDelayMs: 50 };

    expect([0, 0.5, 1].map((drawn) => delayOf({ ...fast, random: () => drawn }))).toEqual([10, 30, 50]);
    expect(delayOf({ failure, initialDelayMs: 500, maxDelayMs: 50 })).toBe(50);
  });

  it('puts a floor below the draw, so that those who were told the same stay spread', () => {
    expect([0, 1].map((drawn) => delayOf({ afterMs: 10_000, random: () => drawn }))).toEqual([
      10_000, 10_500,
    ]);
  });

  it('fits any floor into a timer', () => {
    expect(delayOf({ afterMs: 90 * 24 * 3_600_000 })).toBe(2 ** 31 - 1);
  });
});
