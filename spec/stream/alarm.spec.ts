import { describe, expect, it } from '@jest/globals';
import { VirtualTimeScheduler } from 'rxjs';
import * as Alarm from '../../lib/stream/alarm.js';

/** Plays on a virtual clock: each step is a time to do something at. Returns when the alarm rang. */
const ringsOf = (steps: readonly (readonly [at: number, setTo: number])[]): readonly number[] => {
  const scheduler = new VirtualTimeScheduler();
  const rings: number[] = [];
  const now = () => scheduler.now();
  const ring = () => rings.push(now());
  const alarm = Alarm.silent({ scheduler, now }, ring, undefined);
  for (const [at, setTo] of steps)
    scheduler.schedule(() => {
      Alarm.setTo(alarm, setTo);
    }, at);
  scheduler.flush();
  return rings;
};

describe('alarm', () => {
  it('rings once, at the time it is set to', () => {
    expect(ringsOf([[0, 100]])).toEqual([100]);
    expect(
      ringsOf([
        [50, 100],
        [50, 100],
      ]),
    ).toEqual([100]);
  });

  it('rings at the time it was set to last, earlier or later', () => {
    expect(
      ringsOf([
        [0, 100],
        [10, 40],
      ]),
    ).toEqual([40]);
    expect(
      ringsOf([
        [0, 100],
        [10, 400],
      ]),
    ).toEqual([400]);
    expect(
      ringsOf([
        [0, 100],
        [10, 400],
        [20, 200],
      ]),
    ).toEqual([200]);
  });

  it('rings at once for a time that is over', () => {
    expect(ringsOf([[50, 10]])).toEqual([50]);
  });

  it('does not ring when it is set to never', () => {
    expect(
      ringsOf([
        [0, 100],
        [10, Infinity],
      ]),
    ).toEqual([]);
  });

  it('can be set again, also while it rings', () => {
    const scheduler = new VirtualTimeScheduler();
    const rings: number[] = [];
    const now = () => scheduler.now();
    const ring = () => {
      if (rings.push(now()) < 3) Alarm.setTo(alarm, now() + 10);
    };
    const alarm = Alarm.silent({ scheduler, now }, ring, undefined);
    Alarm.setTo(alarm, 10);
    scheduler.flush();
    expect(rings).toEqual([10, 20, 30]);
  });

  it('rings after longer than a timer can hold, and not before', () => {
    const month = 31 * 24 * 3_600_000;
    expect(ringsOf([[0, month]])).toEqual([month]);
  });
});
