import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as Sightings from '../../lib/history/sightings.js';

interface Sight {
  readonly at: number;
  readonly position: number;
}

/** Times that go on, positions that rise: what the merge tells. */
const sights = fc
  .array(fc.record({ pause: fc.nat({ max: 50 }), rise: fc.integer({ min: 1, max: 9 }) }), { maxLength: 40 })
  .map((steps) => {
    let last: Sight = { at: 0, position: 0 };
    return steps.map(({ pause, rise }) => (last = { at: last.at + pause, position: last.position + rise }));
  });

const knownAt = (all: readonly Sight[], time: number): number =>
  all.findLast(({ at }) => at <= time)?.position ?? -1;

const firstAbove = (all: readonly Sight[], position: number): number =>
  all.find((sight) => sight.position > position)?.at ?? Infinity;

const sightingsOf = (all: readonly Sight[], grainMs: number) => {
  let sightings = Sightings.noSightings;
  for (const { at, position } of all) sightings = Sightings.add(sightings, grainMs, at, position);
  return sightings;
};

describe('sightings', () => {
  it('tells what was known when, exactly where no entries are shared', () => {
    fc.assert(
      fc.property(sights, fc.nat({ max: 2_100 }), fc.nat({ max: 400 }), (all, time, position) => {
        const sightings = sightingsOf(all, 0);
        expect(Sightings.knownAt(sightings, time)).toBe(knownAt(all, time));
        expect(Sightings.firstAbove(sightings, position)).toBe(firstAbove(all, position));
      }),
    );
  });

  it('makes evidence look younger by less than its grain, never older', () => {
    fc.assert(
      fc.property(sights, fc.integer({ min: 1, max: 100 }), fc.nat({ max: 400 }), (all, grain, position) => {
        const sightings = sightingsOf(all, grain);
        const truly = firstAbove(all, position);
        const told = Sightings.firstAbove(sightings, position);
        expect(told).toBeGreaterThanOrEqual(truly);
        expect(told < truly + grain || told === truly).toBe(true);
      }),
    );
  });

  it('answers the same about all that may still be asked after it forgot the rest', () => {
    fc.assert(
      fc.property(
        sights,
        fc.nat({ max: 100 }),
        fc.nat({ max: 400 }),
        fc.nat({ max: 2_100 }),
        fc.nat({ max: 500 }),
        (all, grain, cursor, horizon, later) => {
          const whole = sightingsOf(all, grain);
          const pruned = Sightings.forget(sightingsOf(all, grain), cursor, horizon);
          const known = Sightings.knownAt(whole, horizon + later);
          expect(Math.max(cursor, Sightings.knownAt(pruned, horizon + later))).toBe(Math.max(cursor, known));
          // What had been known before the horizon may look younger, yet not younger than the horizon.
          const first = Sightings.firstAbove(whole, cursor);
          expect(Math.max(horizon, Sightings.firstAbove(pruned, cursor))).toBe(Math.max(horizon, first));
        },
      ),
    );
  });

  it('holds a handful of entries however long nobody forgets, and loses nothing of the oldest', () => {
    let sightings = Sightings.noSightings;
    for (let at = 0; at < 100_000; at += 1) sightings = Sightings.add(sightings, 0, at, at + 1);
    expect(sightings.length).toBeLessThan(100);
    expect(Sightings.knownAt(sightings, 10)).toBe(11);
    expect(Sightings.firstAbove(sightings, 50_000)).toBe(99_999);
    expect(Sightings.knownAt(sightings, 99_999)).toBe(100_000);
  });
});
