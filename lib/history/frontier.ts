import type { Discontinuity } from './Discontinuity.js';
import type { MergeOutlet } from './MergeOutlet.js';
import { createPassedRanges, type PassedRanges } from './passedRanges.js';
import * as Shelf from './shelf.js';

/** How far a log is settled, what waits beyond that, and the only ways on. */
export interface Frontier<T> {
  /** Everything up to here is settled: let out, reported as a range, or before the start. */
  cursor: number;
  /** The highest position known to exist. */
  highestKnown: number;
  /** Whether there is anybody to be given anything. */
  isHeard: boolean;
  /** Early items. Most logs have none. */
  held: Shelf.Shelf<T> | undefined;
  /** Most logs never pass anything. */
  passed: PassedRanges | undefined;
  readonly out: Pick<MergeOutlet<T>, 'emit' | 'hole' | 'discontinuity' | 'late' | 'weigh'>;
}

const PASSED_RANGES_KEPT = 256;
/** In characters, roughly. */
const HELD_WEIGHT = 8 * 2 ** 20;

/**
 * The frontier of a log that is settled up to `after`.
 *
 * It only moves to the next position, or over a range that is reported. What is called from an emission finds the
 * item settled, and may leave: then nothing more comes out.
 */
export const settledUpTo = <T>(after: number): Omit<Frontier<T>, 'out'> => ({
  cursor: after,
  highestKnown: after,
  isHeard: false,
  held: undefined,
  passed: undefined,
});

export const hasGap = ({ cursor, highestKnown }: Frontier<unknown>): boolean => highestKnown > cursor;

/** How wide it is, up to the highest position known. */
export const gapWidth = ({ cursor, highestKnown }: Frontier<unknown>): number => highestKnown - cursor;

/** The last position before the next one that is held, or the highest one known. */
export const gapEnd = (frontier: Frontier<unknown>): number =>
  Math.min(nextHeld(frontier) - 1, frontier.highestKnown);

/** How many early items are in memory. */
export const heldCount = ({ held }: Frontier<unknown>): number => (held === undefined ? 0 : Shelf.size(held));

/** The lowest position held, `Infinity` when nothing is. */
export const nextHeld = ({ held }: Frontier<unknown>): number =>
  held === undefined ? Infinity : Shelf.lowest(held);

/** Something exists there. Says whether that is news. */
export const know = (frontier: Frontier<unknown>, position: number): boolean => {
  if (position <= frontier.highestKnown) return false;
  frontier.highestKnown = position;
  return true;
};

/** Holds an early item, hands out one that is late, drops a duplicate. */
export const place = <T>(frontier: Frontier<T>, position: number, item: T): void => {
  if (position > frontier.cursor) Shelf.put((frontier.held ??= Shelf.empty()), position, item);
  else if (frontier.passed?.claim(position) === true) frontier.out.late(frontier, item);
};

/** Lets the next item out. */
export const takeNext = <T>(frontier: Frontier<T>, position: number, item: T): void => {
  advance(frontier, position);
  frontier.out.emit(frontier, item);
};

/** Lets out what is contiguous. */
export const emitHeldRun = <T>(frontier: Frontier<T>): void => {
  if (frontier.held !== undefined) Shelf.dropUpTo(frontier.held, frontier.cursor);
  // Looked at anew each time: whoever is given something may leave, and then nothing is held.
  while (frontier.held !== undefined && Shelf.lowest(frontier.held) === frontier.cursor + 1) {
    const item = Shelf.takeLowest(frontier.held);
    advance(frontier, frontier.cursor + 1);
    if (item !== undefined) frontier.out.emit(frontier, item);
  }
};

/** Lets out what is contiguous, stepping over each hole below `proven` at once, however wide. */
export const drain = <T>(frontier: Frontier<T>, proven: number): void => {
  emitHeldRun(frontier);
  while (frontier.isHeard && Math.min(nextHeld(frontier), proven) > frontier.cursor + 1) {
    pass(frontier, Math.min(nextHeld(frontier), proven) - 1, 'hole');
  }
};

/** Steps over what is missing, and says so. */
export const pass = <T>(
  frontier: Frontier<T>,
  to: number,
  reason: Discontinuity['reason'] | 'hole',
): void => {
  const { out } = frontier;
  const from = frontier.cursor + 1;
  frontier.passed ??= createPassedRanges(PASSED_RANGES_KEPT);
  frontier.passed.add(from, to);
  advance(frontier, to);
  if (reason === 'hole') out.hole(frontier, from, to);
  else out.discontinuity(frontier, { from, to, reason });
  emitHeldRun(frontier);
};

/** Holds the lowest `max` early items only, and fewer where they are large. */
export const trim = <T>(frontier: Frontier<T>, max: number): void => {
  const { held, out } = frontier;
  if (held !== undefined) Shelf.trim(held, max, HELD_WEIGHT, (item) => out.weigh?.(frontier, item) ?? 0);
};

export const dropHeld = (frontier: Frontier<unknown>): void => {
  frontier.held = undefined;
};

/** What is known beyond the cursor is believed no longer. */
export const disbelieve = (frontier: Frontier<unknown>): void => {
  frontier.highestKnown = frontier.cursor;
  dropHeld(frontier);
};

/** Nothing before this position counts, and nothing is known beyond it. */
export const beginAfter = (frontier: Frontier<unknown>, position: number): void => {
  frontier.cursor = position;
};

/** What was settled up to now is another log; this one is settled up to `position`. */
export const beginAnewAfter = (frontier: Frontier<unknown>, position: number): void => {
  const to = frontier.cursor;
  frontier.cursor = frontier.highestKnown = position;
  frontier.passed = undefined;
  dropHeld(frontier);
  frontier.out.discontinuity(frontier, { from: position + 1, to, reason: 'reset' });
};

/** Before the emission: whoever is called from it finds the item settled. */
const advance = (frontier: Frontier<unknown>, position: number): void => {
  frontier.cursor = position;
  if (frontier.highestKnown < position) frontier.highestKnown = position;
};
