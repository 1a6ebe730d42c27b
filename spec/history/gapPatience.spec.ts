import { describe, expect, it } from '@jest/globals';
import * as Patience from '../../lib/history/gapPatience.js';

const newPatience = (maxGapWaitMs = 30_000): Patience.GapPatience => ({
  ...Patience.untried(),
  settings: { repollMs: 400, holeGraceMs: 2_000, maxGapWaitMs },
});

const looks = (patience: ReturnType<typeof newPatience>): readonly number[] => {
  const times: number[] = [];
  for (let now: number | undefined = 0; now !== undefined; now = Patience.askAgainAt(patience, 7, now))
    times.push(now);
  return times;
};

describe('gapPatience', () => {
  it('asks soon at first, then every two seconds, and gives up after half a minute', () => {
    const times = looks(newPatience());
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(pauses.slice(0, 4)).toEqual([400, 400, 400, 400]);
    expect(Math.min(...pauses.slice(0, -1))).toBe(400);
    expect(Math.max(...pauses)).toBe(2_000);
    expect(times.at(-1)).toBe(30_000);
    expect(times.length).toBeLessThan(30);
  });

  it('begins anew with another gap', () => {
    const patience = newPatience(1_000);
    Patience.askAgainAt(patience, 7, 0);
    expect(Patience.askAgainAt(patience, 8, 5_000)).toBe(5_400);
  });

  it('begins anew after nobody had asked for a while', () => {
    const patience = newPatience(1_000);
    Patience.askAgainAt(patience, 7, 0);
    Patience.forget(patience);
    expect(Patience.askAgainAt(patience, 7, 5_000)).toBe(5_400);
  });

  it('never gives up where it is told so', () => {
    const patience = newPatience(Infinity);
    Patience.askAgainAt(patience, 7, 0);
    expect(Patience.askAgainAt(patience, 7, 1e9)).toBe(1e9 + 2_000);
  });
});
