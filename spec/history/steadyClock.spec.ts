import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { steadyClock } from '../../lib/history/steadyClock.js';

const timesToldBy = (times: readonly number[]): readonly number[] => {
  let index = 0;
  const now = steadyClock({ now: () => times[index] ?? 0 });
  return times.map((_time, next) => {
    index = next;
    return now();
  });
};

describe('steadyClock', () => {
  it('tells the time as it is while it goes on', () => {
    expect(timesToldBy([100, 100, 250, 1_000])).toEqual([100, 100, 250, 1_000]);
  });

  it('goes on from where it was when the clock is set back', () => {
    expect(timesToldBy([5_000, 1_000, 1_400, 500, 510])).toEqual([5_000, 5_000, 5_400, 5_400, 5_410]);
  });

  it('never goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (times) => {
        const told = timesToldBy(times);
        expect(told).toEqual([...told].sort((a, b) => a - b));
      }),
    );
  });
});
