import { describe, expect, it } from '@jest/globals';
import { createLine } from '../../lib/history/line.js';

const newLine = ({ confirmProbeMs = 1_500, idleProbeMs = 60_000 } = {}) =>
  createLine(confirmProbeMs, () => idleProbeMs);

describe('line', () => {
  it('is unverified from each opening until history was read to its end', () => {
    const line = newLine();
    const seen = [line.isVerified()];
    line.opened(0);
    seen.push(line.isVerified());
    line.reachedEnd(0, 10);
    seen.push(line.isVerified());
    line.dropped();
    seen.push(line.isVerified());
    line.opened(0);
    seen.push(line.isVerified());
    expect(seen).toEqual([false, false, true, false, false]);
  });

  it('counts a time before the last opening to an epoch that is over', () => {
    const line = newLine();
    line.opened(500);
    expect(line.epochAt(499)).toBeLessThan(line.epoch());
    expect(line.epochAt(500)).toBe(line.epoch());
  });

  it('looks once more shortly after that, then rarely', () => {
    const line = newLine();
    line.opened(0);
    expect(line.reachedEnd(0, 10)).toBe(1_510);
    // A request that had started before the confirming look was due does not replace it.
    expect(line.reachedEnd(700, 800)).toBe(1_510);
    expect(line.reachedEnd(1_510, 1_600)).toBe(61_600);
    expect(line.reachedEnd(61_600, 61_700)).toBe(121_700);
  });

  it('confirms each opening anew', () => {
    const line = newLine();
    line.opened(0);
    line.reachedEnd(0, 10);
    line.reachedEnd(1_510, 1_600);
    line.dropped();
    expect(line.reachedEnd(2_000, 2_010)).toBe(62_010);
    line.opened(0);
    expect(line.reachedEnd(3_000, 3_010)).toBe(4_510);
  });

  it('follows settings that change', () => {
    const settings = { confirmProbeMs: 1_500, idleProbeMs: 60_000 };
    const line = createLine(settings.confirmProbeMs, () => settings.idleProbeMs);
    const before = line.reachedEnd(0, 10);
    settings.idleProbeMs = 300_000;
    expect([before, line.reachedEnd(0, 10)]).toEqual([60_010, 300_010]);
  });

  it('can be told never to look again', () => {
    const line = newLine({ confirmProbeMs: Infinity, idleProbeMs: Infinity });
    line.opened(0);
    expect(line.reachedEnd(0, 10)).toBe(Infinity);
  });

  it('still looks now and then where it is not to confirm', () => {
    const line = newLine({ confirmProbeMs: Infinity });
    line.opened(0);
    expect(line.reachedEnd(0, 10)).toBe(60_010);
  });

  it('takes a second opening without a drop for the same', () => {
    const line = newLine();
    expect([line.opened(0), line.opened(0), line.epoch()]).toEqual([true, false, 1]);
  });

  it('is lost only after it had been up', () => {
    const line = newLine();
    const seen = [line.isLost()];
    line.opened(0);
    line.dropped();
    seen.push(line.isLost());
    line.forget();
    seen.push(line.isLost());
    expect(seen).toEqual([false, true, false]);
  });
});
