import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPullSchedule } from '../../lib/history/pullSchedule.js';

const REPOLL = 400;

describe('pullSchedule', () => {
  it('has nothing due at first', () => {
    const schedule = createPullSchedule(REPOLL);
    expect([schedule.dueAt(0), schedule.isEmpty(), schedule.awaitsGap()]).toEqual([Infinity, true, false]);
  });

  it('is due at the earliest wish', () => {
    const schedule = createPullSchedule(REPOLL);
    schedule.probe(60_000);
    expect(schedule.dueAt(0)).toBe(60_000);
    schedule.catchUp(900);
    schedule.catchUp(1_000);
    expect(schedule.dueAt(0)).toBe(900);
    schedule.fillGap(300);
    schedule.fillGap(500);
    expect(schedule.dueAt(0)).toBe(300);
    schedule.gapClosed();
    expect(schedule.dueAt(0)).toBe(900);
  });

  it('holds every wish fulfilled when a request starts', () => {
    const schedule = createPullSchedule(REPOLL);
    schedule.probe(1);
    schedule.catchUp(2);
    schedule.fillGap(3);
    schedule.started(0, 10);
    expect([schedule.dueAt(99), schedule.isEmpty(), schedule.awaitsGap()]).toEqual([Infinity, true, false]);
  });

  it('takes the wish never to look again for a wish', () => {
    const schedule = createPullSchedule(REPOLL);
    schedule.probe(Infinity);
    expect([schedule.dueAt(0), schedule.isEmpty()]).toEqual([Infinity, false]);
  });

  it('pauses between an answer and the next request for the same position, and for no other', () => {
    const schedule = createPullSchedule(REPOLL);
    schedule.started(7, 1_000);
    schedule.answered(1_200);
    schedule.catchUp(1_200);
    expect([schedule.dueAt(7), schedule.dueAt(8)]).toEqual([1_600, 1_200]);
  });

  it('backs off from half a second to half a minute, with full jitter', () => {
    const schedule = createPullSchedule(0);
    const ceilings = Array.from({ length: 9 }, (_, attempt) => {
      schedule.started(0, 0);
      schedule.backOff(0, 1, 0);
      expect(schedule.failures()).toBe(attempt + 1);
      return schedule.dueAt(0);
    });
    expect(ceilings).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    schedule.recovered();
    schedule.backOff(0, 0.25, 0);
    expect(schedule.dueAt(0)).toBe(125);
  });

  it('waits no longer than the failure allows', () => {
    const schedule = createPullSchedule(0);
    for (let failure = 0; failure < 5; failure += 1) schedule.backOff(0, 1, 0);
    schedule.backOff(0, 1, 0, 3_000);
    expect(schedule.dueAt(0)).toBe(3_000);
    schedule.backOff(0, 1, 7_000, 3_000);
    expect(schedule.dueAt(0)).toBe(7_000);
  });

  it('stays at the longest delay after any number of failures', () => {
    const schedule = createPullSchedule(0);
    for (let failure = 0; failure < 5_000; failure += 1) schedule.backOff(0, 0.5, 0);
    expect(schedule.dueAt(0)).toBe(15_000);
  });

  it('tries at once on an open line, but not before the time that the server named', () => {
    const schedule = createPullSchedule(0);
    schedule.backOff(0, 1, 0);
    schedule.cutBackOffShort();
    expect(schedule.dueAt(0)).toBe(0);
    schedule.backOff(0, 0.1, 7_000);
    schedule.cutBackOffShort();
    expect(schedule.dueAt(0)).toBe(7_000);
  });

  it('never asks before the floor, whatever is wished for', () => {
    const wish = fc.record({
      kind: fc.constantFrom('catchUp' as const, 'fillGap' as const, 'probe' as const),
      at: fc.nat({ max: 5_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(wish),
        fc.nat({ max: 4_000 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (wishes, retryAfterMs, jitter) => {
          const schedule = createPullSchedule(REPOLL);
          schedule.started(3, 0);
          schedule.answered(100);
          schedule.backOff(100, jitter, retryAfterMs);
          for (const { kind, at } of wishes) schedule[kind](at);
          expect(schedule.dueAt(3)).toBeGreaterThanOrEqual(Math.max(100 + retryAfterMs, 100 + REPOLL));
        },
      ),
    );
  });
});
