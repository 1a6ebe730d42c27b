import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as Schedule from '../../lib/history/pullSchedule.js';

const REPOLL = 400;

const newSchedule = (repollMs = REPOLL): Schedule.PullSchedule => ({
  ...Schedule.nothingDue(),
  settings: { repollMs },
});

describe('pullSchedule', () => {
  it('has nothing due at first', () => {
    const schedule = newSchedule();
    expect([Schedule.dueAt(schedule, 0), Schedule.isEmpty(schedule), Schedule.awaitsGap(schedule)]).toEqual([
      Infinity,
      true,
      false,
    ]);
  });

  it('is due at the earliest wish', () => {
    const schedule = newSchedule();
    Schedule.probe(schedule, 60_000);
    expect(Schedule.dueAt(schedule, 0)).toBe(60_000);
    Schedule.catchUp(schedule, 900);
    Schedule.catchUp(schedule, 1_000);
    expect(Schedule.dueAt(schedule, 0)).toBe(900);
    Schedule.fillGap(schedule, 300);
    Schedule.fillGap(schedule, 500);
    expect(Schedule.dueAt(schedule, 0)).toBe(300);
    Schedule.gapClosed(schedule);
    expect(Schedule.dueAt(schedule, 0)).toBe(900);
  });

  it('holds every wish fulfilled when a request starts', () => {
    const schedule = newSchedule();
    Schedule.probe(schedule, 1);
    Schedule.catchUp(schedule, 2);
    Schedule.fillGap(schedule, 3);
    Schedule.started(schedule, 0, 10);
    expect([Schedule.dueAt(schedule, 99), Schedule.isEmpty(schedule), Schedule.awaitsGap(schedule)]).toEqual([
      Infinity,
      true,
      false,
    ]);
  });

  it('takes the wish never to look again for a wish', () => {
    const schedule = newSchedule();
    Schedule.probe(schedule, Infinity);
    expect([Schedule.dueAt(schedule, 0), Schedule.isEmpty(schedule)]).toEqual([Infinity, false]);
  });

  it('pauses between an answer and the next request for the same position, and for no other', () => {
    const schedule = newSchedule();
    Schedule.started(schedule, 7, 1_000);
    Schedule.answered(schedule, 1_200);
    Schedule.catchUp(schedule, 1_200);
    expect([Schedule.dueAt(schedule, 7), Schedule.dueAt(schedule, 8)]).toEqual([1_600, 1_200]);
  });

  it('backs off from half a second to half a minute, with full jitter', () => {
    const schedule = newSchedule(0);
    const ceilings = Array.from({ length: 9 }, (_, attempt) => {
      Schedule.started(schedule, 0, 0);
      Schedule.backOff(schedule, 0, 1, 0);
      expect(schedule.failures).toBe(attempt + 1);
      return Schedule.dueAt(schedule, 0);
    });
    expect(ceilings).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    Schedule.recovered(schedule);
    Schedule.backOff(schedule, 0, 0.25, 0);
    expect(Schedule.dueAt(schedule, 0)).toBe(125);
  });

  it('waits no longer than the failure allows', () => {
    const schedule = newSchedule(0);
    for (let failure = 0; failure < 5; failure += 1) Schedule.backOff(schedule, 0, 1, 0);
    Schedule.backOff(schedule, 0, 1, 0, 3_000);
    expect(Schedule.dueAt(schedule, 0)).toBe(3_000);
    Schedule.backOff(schedule, 0, 1, 7_000, 3_000);
    expect(Schedule.dueAt(schedule, 0)).toBe(7_000);
  });

  it('stays at the longest delay after any number of failures', () => {
    const schedule = newSchedule(0);
    for (let failure = 0; failure < 5_000; failure += 1) Schedule.backOff(schedule, 0, 0.5, 0);
    expect(Schedule.dueAt(schedule, 0)).toBe(15_000);
  });

  it('tries at once on an open line, but not before the time that the server named', () => {
    const schedule = newSchedule(0);
    Schedule.backOff(schedule, 0, 1, 0);
    Schedule.cutBackOffShort(schedule);
    expect(Schedule.dueAt(schedule, 0)).toBe(0);
    Schedule.backOff(schedule, 0, 0.1, 7_000);
    Schedule.cutBackOffShort(schedule);
    expect(Schedule.dueAt(schedule, 0)).toBe(7_000);
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
          const schedule = newSchedule();
          Schedule.started(schedule, 3, 0);
          Schedule.answered(schedule, 100);
          Schedule.backOff(schedule, 100, jitter, retryAfterMs);
          for (const { kind, at } of wishes) Schedule[kind](schedule, at);
          expect(Schedule.dueAt(schedule, 3)).toBeGreaterThanOrEqual(
            Math.max(100 + retryAfterMs, 100 + REPOLL),
          );
        },
      ),
    );
  });
});
