import { describe, expect, it } from '@jest/globals';
import { mergeSettings } from '../../lib/history/mergeSettings.js';

const DEFAULTS = {
  pageSize: 100,
  holeGraceMs: 2_000,
  oooGraceMs: 300,
  oooMax: 32,
  repollMs: 400,
  maxGapWaitMs: 30_000,
  confirmProbeMs: 1_500,
  idleProbeMs: 60_000,
  maxHeld: 256,
};
const NAMES = Object.keys(DEFAULTS);

describe('mergeSettings', () => {
  it('fills in the defaults, also for what is undefined', () => {
    expect(mergeSettings({})).toEqual(DEFAULTS);
    const undefinedForAll = Object.fromEntries(NAMES.map((name) => [name, undefined]));
    expect(mergeSettings(undefinedForAll)).toEqual(DEFAULTS);
  });

  it('takes what it is given, and not more', () => {
    expect(mergeSettings({ pageSize: 1, oooMax: 0, maxHeld: 0, holeGraceMs: 0.5, maxConcurrent: 9 })).toEqual(
      {
        ...DEFAULTS,
        pageSize: 1,
        oooMax: 0,
        maxHeld: 0,
        holeGraceMs: 0.5,
      },
    );
  });

  it.each(NAMES)('refuses a %s that makes no sense, by its name', (name) => {
    for (const odd of [-1, NaN, -Infinity, '5', null, {}]) {
      expect(() => mergeSettings({ [name]: odd })).toThrow(new RegExp(`^${name} must be`));
      expect(() => mergeSettings({ [name]: odd })).toThrow(RangeError);
    }
  });

  it('refuses half a count and a page of nothing', () => {
    expect(() => mergeSettings({ pageSize: 0 })).toThrow('pageSize must be a whole number of at least 1.');
    expect(() => mergeSettings({ maxHeld: 1.5 })).toThrow('maxHeld must be a whole number of at least 0.');
  });

  it('lets probes and patience be without end, and nothing else', () => {
    const endless = NAMES.filter((name) => {
      try {
        mergeSettings({ [name]: Infinity });
        return true;
      } catch {
        return false;
      }
    });
    expect(endless).toEqual(['maxGapWaitMs', 'confirmProbeMs', 'idleProbeMs']);
  });
});
