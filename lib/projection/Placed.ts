import type { Range } from './ranges.js';

/** What messages are sorted by. */
export interface Placed {
  readonly id: string;
  /** The position, or a number between those of the neighbours; `Infinity` where nothing is known. */
  at: number;
  /** When it was sent, in ms since 1970, for those of which no more is known. */
  sentMs: number;
}

/** The log decides; where it cannot, the time; where that says nothing, anything that is always the same. */
export const byPlace = (a: Placed, b: Placed): number => {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.sentMs !== b.sentMs) return a.sentMs < b.sentMs ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
};

/** A time that cannot be read is before all others. */
export const sentTime = (sentOn: string | undefined): number => {
  const ms = sentOn === undefined ? NaN : Date.parse(sentOn);
  return Number.isNaN(ms) ? -Infinity : ms;
};

/** Before everything that is there, and after all that is below: where a message stands whose position is not known. */
const EDGE = 0.25;

/** Whether it stands at this position or behind it. */
export const isFrom = (position: number, { at }: Placed): boolean => at >= position - EDGE;

/** Whether it stands in this range. What has no place at all is behind everything. */
export const isWithin = (range: Range, placed: Placed): boolean =>
  isFrom(range.from, placed) && (range.to === Infinity || !isFrom(range.to + 1, placed));
