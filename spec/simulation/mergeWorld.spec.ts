import { describe, expect, it } from '@jest/globals';
import { runMergeWorld, type WorldOptions } from './mergeWorld.js';
import { describeWorld, shrink } from './shrink.js';

const SEEDS = 2_000;

const invariantsBrokenIn = (seeds: number, options: WorldOptions): ReadonlySet<string> =>
  new Set(
    Array.from({ length: seeds }, (_, seed) => runMergeWorld(seed, options)).flatMap(({ violations }) =>
      violations.map(({ invariant }) => invariant),
    ),
  );

describe('the merge in a stormy world', () => {
  it('keeps its promises in thousands of them', () => {
    const failing = Array.from({ length: SEEDS }, (_, seed) => seed).filter(
      (seed) => runMergeWorld(seed).violations.length > 0,
    );
    expect(failing.slice(0, 1).map((seed) => describeWorld(seed, shrink(seed)))).toEqual([]);
  });

  it('leads the same life for the same seed', () => {
    const lives = [7, 7, 8].map((seed) => runMergeWorld(seed, { keepsTrace: true }).trace);
    expect(lives[0]).toEqual(lives[1]);
    expect(lives[0]).not.toEqual(lives[2]);
  });

  it('has something of every fault in it', () => {
    const lives = Array.from({ length: 300 }, (_, seed) =>
      runMergeWorld(seed, { keepsTrace: true }).trace.join('\n'),
    );
    const things = [
      'hole',
      'truncated',
      'closed',
      'end',
      'locate',
      'failure',
      'hint',
      'leaves',
      'falls behind',
      'drop',
      'restarts',
      'reset',
    ];
    expect(things.filter((thing) => !lives.some((life) => life.includes(` ${thing}`)))).toEqual([]);
  });

  it('keeps order and uniqueness where history lags for longer than the grace, though it then misses some', () => {
    const broken = invariantsBrokenIn(300, { faults: { historyLagMs: 6_000, farAhead: 0, truncates: 0 } });
    expect([...broken].sort()).toEqual(['P4 false hole']);
  });
});
