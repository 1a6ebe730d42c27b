import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as Evidence from '../../lib/history/evidence.js';
import type { Placed } from '../../lib/history/Placed.js';

const HOLE_GRACE = 2_000;

const page = (...items: readonly (number | readonly [position: number, at: number])[]): Placed<null>[] =>
  items.map((item) =>
    typeof item === 'number'
      ? { position: item, item: null }
      : { position: item[0], item: null, at: item[1] },
  );

const newEvidence = (): Evidence.Evidence => ({
  ...Evidence.nothingKnown(),
  settings: { holeGraceMs: HOLE_GRACE },
});

describe('evidence', () => {
  it('proves nothing by a page alone', () => {
    const evidence = newEvidence();
    expect(Evidence.provenBy(evidence, Evidence.beginReading(evidence, 9, 50_000), page(12, 14))).toBe(-1);
  });

  it('proves what was overtaken long enough before the request started', () => {
    const evidence = newEvidence();
    Evidence.know(evidence, 14, 1_000);
    expect(Evidence.ripeAt(evidence, 10)).toBe(3_000);
    expect(Evidence.provenBy(evidence, Evidence.beginReading(evidence, 9, 2_999), page(12, 14))).toBe(-1);
    expect(Evidence.provenBy(evidence, Evidence.beginReading(evidence, 9, 3_000), page(12, 14))).toBe(14);
  });

  it('proves nothing above what the page itself holds', () => {
    const evidence = newEvidence();
    Evidence.know(evidence, 1_000, 0);
    expect(Evidence.provenBy(evidence, Evidence.beginReading(evidence, 9, 9_000), page(12))).toBe(12);
    expect(Evidence.provenBy(evidence, Evidence.beginReading(evidence, 9, 9_000), page())).toBe(-1);
  });

  it('takes the age of items from the server: among themselves, or by a time held when the request started', () => {
    const evidence = newEvidence();
    const items = page([12, 10_000], [14, 11_000], [16, 12_500]);
    expect(Evidence.provenBy(evidence, Evidence.beginReading(evidence, 9, 0), items)).toBe(12);
    const before = Evidence.beginReading(evidence, 9, 0);
    Evidence.noteServerTime(evidence, 14_500);
    expect(Evidence.provenBy(evidence, before, items)).toBe(12);
    expect(Evidence.provenBy(evidence, Evidence.beginReading(evidence, 9, 0), items)).toBe(16);
  });

  it('takes a reading that somebody else had begun for no younger than it was', () => {
    const evidence = newEvidence();
    Evidence.know(evidence, 14, 1_000);
    Evidence.noteServerTime(evidence, 14_500);
    const ours = Evidence.beginReading(evidence, 9, 3_000);
    expect(Evidence.provenBy(evidence, ours, page(12, 14))).toBe(14);
    expect(Evidence.provenBy(evidence, Evidence.begunAt(2_999, ours), page([12, 12_000], [14, 13_000]))).toBe(
      -1,
    );
    expect(Evidence.begunAt(3_001, ours)).toBe(ours);
  });

  it('compares no time of the server with one of ours', () => {
    const evidence = newEvidence();
    const items = page([12, -1e12], [14, -1e12 + 1]);
    expect(Evidence.provenBy(evidence, Evidence.beginReading(evidence, 9, 1e12), items)).toBe(-1);
  });

  it('knows no time for what nothing has overtaken, and none after it forgot', () => {
    const evidence = newEvidence();
    expect(Evidence.ripeAt(evidence, 3)).toBe(Infinity);
    Evidence.know(evidence, 5, 0);
    Evidence.forget(evidence);
    expect(Evidence.ripeAt(evidence, 3)).toBe(Infinity);
  });

  it('never calls absent what comes into view within the grace, whatever was seen in whatever order', () => {
    // A position becomes visible up to one grace after it was taken; positions are taken in order of time.
    const entries = fc.array(
      fc.record({ pause: fc.nat({ max: 800 }), lag: fc.nat({ max: HOLE_GRACE - 1 }), isLive: fc.boolean() }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(entries, fc.nat({ max: 20_000 }), fc.nat({ max: 3_000 }), (steps, startedAt, latency) => {
        const evidence = newEvidence();
        let now = 0;
        const log = steps.map(({ pause, lag, isLive }, position) => {
          now += pause;
          return { position, takenAt: now, visibleAt: now + lag, isLive };
        });
        for (const { position, takenAt, isLive } of log) {
          if (isLive && takenAt <= startedAt) {
            Evidence.know(evidence, position, takenAt);
            Evidence.noteServerTime(evidence, takenAt + 1e12);
          }
        }
        const reading = Evidence.beginReading(evidence, -1, startedAt);
        Evidence.noteServerTime(evidence, startedAt + latency + 1e12);
        const visible = log.filter(({ visibleAt }) => visibleAt <= startedAt);
        const proven = Evidence.provenBy(
          evidence,
          reading,
          visible.map(({ position, takenAt }) => ({ position, item: null, at: takenAt + 1e12 })),
        );
        const missed = log.find((entry) => entry.position < proven && !visible.includes(entry));
        expect(missed).toBeUndefined();
      }),
    );
  });
});
