import type { Discontinuity } from './Discontinuity.js';
import type { MergeOutlet } from './MergeFacts.js';
import { createPassedRanges, type PassedRanges } from './passedRanges.js';
import * as Shelf from './shelf.js';

/** How far a log is settled, what waits beyond that, and the only ways on. */
export interface Frontier<T> {
  /** Everything up to here is settled: let out, reported as a range, or before the start. */
  cursor: number;
  /** The highest position known to exist. */
  highestKnown: number;
  readonly held: Shelf.Shelf<T>;
  /** Most logs never pass anything. */
  passed: PassedRanges | undefined;
  readonly out: Pick<MergeOutlet<T>, 'emit' | 'hole' | 'discontinuity' | 'late'>;
  /** Whether there is anybody to be given anything. */
  readonly isHeard: () => boolean;
}

const PASSED_RANGES_KEPT = 256;

/**
 * The frontier of a log that is settled up to `after`.
 *
 * It only moves to the next position, or over a range that is reported. What is called from an emission finds the
 * item settled, and may leave: then nothing more comes out.
 */
export const settledUpTo = <T>(
  after: number,
  out: Frontier<T>['out'],
  isHeard: () => boolean,
): Frontier<T> => ({
  cursor: after,
  highestKnown: after,
  held: Shelf.empty(),
  passed: undefined,
  out,
  isHeard,
});

export const hasGap = ({ cursor, highestKnown }: Frontier<unknown>): boolean => highestKnown > cursor;

/** How wide it is, up to the highest position known. */
export const gapWidth = ({ cursor, highestKnown }: Frontier<unknown>): number => highestKnown - cursor;

/** The last position before the next one that is held, or the highest one known. */
export const gapEnd = <T>({ held, highestKnown }: Frontier<T>): number =>
  Math.min(Shelf.lowest(held) - 1, highestKnown);

export const heldCount = <T>({ held }: Frontier<T>): number => Shelf.size(held);

/** The lowest position held, `Infinity` when nothing is. */
export const nextHeld = <T>({ held }: Frontier<T>): number => Shelf.lowest(held);

/** Something exists there. Says whether that is news. */
export const know = <T>(frontier: Frontier<T>, position: number): boolean => {
  if (position <= frontier.highestKnown) return false;
  frontier.highestKnown = position;
  return true;
};

/** Holds an early item, hands out one that is late, drops a duplicate. */
export const place = <T>({ cursor, held, passed, out }: Frontier<T>, position: number, item: T): void => {
  if (position > cursor) Shelf.put(held, position, item);
  else if (passed?.claim(position) === true) out.late(item);
};

/** Lets the next item out. */
export const takeNext = <T>(frontier: Frontier<T>, position: number, item: T): void => {
  advance(frontier, position);
  frontier.out.emit(item);
};

/** Lets out what is contiguous. */
export const emitHeldRun = <T>(frontier: Frontier<T>): void => {
  const { held, out } = frontier;
  Shelf.dropUpTo(held, frontier.cursor);
  while (Shelf.lowest(held) === frontier.cursor + 1) {
    const item = Shelf.takeLowest(held);
    advance(frontier, frontier.cursor + 1);
    if (item !== undefined) out.emit(item);
  }
};

/** Lets out what is contiguous, stepping over each hole below `proven` at once, however wide. */
export const drain = <T>(frontier: Frontier<T>, proven: number): void => {
  const { held, isHeard } = frontier;
  emitHeldRun(frontier);
  while (isHeard() && Math.min(Shelf.lowest(held), proven) > frontier.cursor + 1) {
    pass(frontier, Math.min(Shelf.lowest(held), proven) - 1, 'hole');
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
  if (reason === 'hole') out.hole(from, to);
  else out.discontinuity({ from, to, reason });
  emitHeldRun(frontier);
};

/** Holds the lowest `max` early items only. */
export const trim = <T>({ held }: Frontier<T>, max: number): void => {
  Shelf.trim(held, max);
};

export const dropHeld = <T>({ held }: Frontier<T>): void => {
  Shelf.dropUpTo(held, Infinity);
};

/** What is known beyond the cursor is believed no longer. */
export const disbelieve = <T>(frontier: Frontier<T>): void => {
  frontier.highestKnown = frontier.cursor;
  dropHeld(frontier);
};

/** Nothing before this position counts, and nothing is known beyond it. */
export const beginAfter = <T>(frontier: Frontier<T>, position: number): void => {
  frontier.cursor = position;
};

/** What was settled up to now is another log; this one is settled up to `position`. */
export const beginAnewAfter = <T>(frontier: Frontier<T>, position: number): void => {
  const to = frontier.cursor;
  frontier.cursor = frontier.highestKnown = position;
  frontier.passed = undefined;
  dropHeld(frontier);
  frontier.out.discontinuity({ from: position + 1, to, reason: 'reset' });
};

/** Before the emission: whoever is called from it finds the item settled. */
const advance = <T>(frontier: Frontier<T>, position: number): void => {
  frontier.cursor = position;
  if (frontier.highestKnown < position) frontier.highestKnown = position;
};
