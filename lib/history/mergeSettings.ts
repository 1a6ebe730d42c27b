import type { HistoryOptions } from './HistoryOptions.js';

/** The numbers of {@link HistoryOptions} that a merge lives by. */
export type MergeSettings = Required<Omit<HistoryOptions, 'maxConcurrent' | 'keepAliveMs'>>;

const DEFAULTS: MergeSettings = {
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

const count = (name: keyof MergeSettings, value = DEFAULTS[name], least = 0): number => {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`${name} must be a whole number of at least ${least}.`);
};

const duration = (name: keyof MergeSettings, value = DEFAULTS[name]): number => {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`${name} must be a number of milliseconds, zero or more.`);
};

const durationOrNever = (name: keyof MergeSettings, value = DEFAULTS[name]): number =>
  value === Infinity ? value : duration(name, value);

/** Fills in the defaults. Throws a `RangeError` for a number that makes no sense. */
export const mergeSettings = (options: HistoryOptions): MergeSettings => ({
  pageSize: count('pageSize', options.pageSize, 1),
  holeGraceMs: duration('holeGraceMs', options.holeGraceMs),
  oooGraceMs: duration('oooGraceMs', options.oooGraceMs),
  oooMax: count('oooMax', options.oooMax),
  repollMs: duration('repollMs', options.repollMs),
  maxGapWaitMs: durationOrNever('maxGapWaitMs', options.maxGapWaitMs),
  confirmProbeMs: durationOrNever('confirmProbeMs', options.confirmProbeMs),
  idleProbeMs: durationOrNever('idleProbeMs', options.idleProbeMs),
  maxHeld: count('maxHeld', options.maxHeld),
});
