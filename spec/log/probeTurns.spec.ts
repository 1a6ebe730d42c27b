import { describe, expect, it } from '@jest/globals';
import { untilTurn } from '../../lib/log/probeTurns.js';

const MINUTE = 60_000;

/** When each of so many conversations, all quiet since `now`, is looked at. */
const turnsOf = (count: number, now: number): readonly number[] =>
  Array.from({ length: count }, (_, number) => now + untilTurn({ now, idleProbeMs: MINUTE, count, number }));

describe('untilTurn', () => {
  it('lets everybody be quiet for a while, and for a round more at most', () => {
    const waits = turnsOf(100, 123_456).map((turn) => turn - 123_456);

    expect(Math.min(...waits)).toBeGreaterThanOrEqual(MINUTE);
    expect(Math.max(...waits)).toBeLessThan(MINUTE + 25 * MINUTE);
  });

  it('gives a turn to four of them within the time of one', () => {
    const turns = turnsOf(100, 0);
    const perMinute = Array.from(
      { length: 25 },
      (_, minute) => turns.filter((turn) => Math.floor(turn / MINUTE) - 1 === minute).length,
    );

    expect(perMinute).toEqual(Array.from({ length: 25 }, () => 4));
  });

  it('finds the same turns whenever it is asked, and the next one a whole round later', () => {
    const turn = untilTurn({ now: 0, idleProbeMs: MINUTE, count: 40, number: 30 });
    const later = 1_000 + untilTurn({ now: 1_000, idleProbeMs: MINUTE, count: 40, number: 30 });
    const next = untilTurn({ now: turn, idleProbeMs: MINUTE, count: 40, number: 30 });

    expect([turn, later, next]).toEqual([450_000, 450_000, 10 * MINUTE]);
  });
});
