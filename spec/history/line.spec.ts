import { describe, expect, it } from '@jest/globals';
import * as Line from '../../lib/history/line.js';

const newLine = ({ confirmProbeMs = 1_500, idleProbeMs = 60_000 } = {}): Line.Line => ({
  ...Line.closed(),
  settings: { confirmProbeMs, idleProbeMs },
  out: {},
});

describe('line', () => {
  it('is unverified from each opening until history was read to its end', () => {
    const line = newLine();
    const seen = [line.isVerified];
    Line.opened(line, 0);
    seen.push(line.isVerified);
    Line.reachedEnd(line, 0, 10);
    seen.push(line.isVerified);
    Line.dropped(line);
    seen.push(line.isVerified);
    Line.opened(line, 0);
    seen.push(line.isVerified);
    expect(seen).toEqual([false, false, true, false, false]);
  });

  it('counts a time before the last opening to an epoch that is over', () => {
    const line = newLine();
    Line.opened(line, 500);
    expect(Line.epochAt(line, 499)).toBeLessThan(line.epoch);
    expect(Line.epochAt(line, 500)).toBe(line.epoch);
  });

  it('looks once more shortly after that, then rarely', () => {
    const line = newLine();
    Line.opened(line, 0);
    expect(Line.reachedEnd(line, 0, 10)).toBe(1_510);
    // A request that had started before the confirming look was due does not replace it.
    expect(Line.reachedEnd(line, 700, 800)).toBe(1_510);
    expect(Line.reachedEnd(line, 1_510, 1_600)).toBe(61_600);
    expect(Line.reachedEnd(line, 61_600, 61_700)).toBe(121_700);
  });

  it('confirms each opening anew', () => {
    const line = newLine();
    Line.opened(line, 0);
    Line.reachedEnd(line, 0, 10);
    Line.reachedEnd(line, 1_510, 1_600);
    Line.dropped(line);
    expect(Line.reachedEnd(line, 2_000, 2_010)).toBe(62_010);
    Line.opened(line, 0);
    expect(Line.reachedEnd(line, 3_000, 3_010)).toBe(4_510);
  });

  it('is quiet for as long as its owner says now', () => {
    const owner = { quietMs: 60_000 };
    const line = { ...newLine(), out: { quietMs: () => owner.quietMs } };
    const before = Line.reachedEnd(line, 0, 10);
    owner.quietMs = 300_000;
    expect([before, Line.reachedEnd(line, 0, 10)]).toEqual([60_010, 300_010]);
  });

  it('can be told never to look again', () => {
    const line = newLine({ confirmProbeMs: Infinity, idleProbeMs: Infinity });
    Line.opened(line, 0);
    expect(Line.reachedEnd(line, 0, 10)).toBe(Infinity);
  });

  it('still looks now and then where it is not to confirm', () => {
    const line = newLine({ confirmProbeMs: Infinity });
    Line.opened(line, 0);
    expect(Line.reachedEnd(line, 0, 10)).toBe(60_010);
  });

  it('takes a second opening without a drop for the same', () => {
    const line = newLine();
    expect([Line.opened(line, 0), Line.opened(line, 0), line.epoch]).toEqual([true, false, 1]);
  });

  it('is lost only after it had been up', () => {
    const line = newLine();
    const seen = [Line.isLost(line)];
    Line.opened(line, 0);
    Line.dropped(line);
    seen.push(Line.isLost(line));
    Line.forget(line);
    seen.push(Line.isLost(line));
    expect(seen).toEqual([false, true, false]);
  });
});
