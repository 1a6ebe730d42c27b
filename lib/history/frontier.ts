import type { Discontinuity } from './Discontinuity.js';
import type { MergeOutlet } from './MergeFacts.js';
import { createPassedRanges, type PassedRanges } from './passedRanges.js';
import { createShelf } from './shelf.js';

/** How far a log is settled, what waits beyond that, and the only ways on. */
export interface Frontier<T> {
  /** Everything up to here is settled: let out, reported as a range, or before the start. */
  cursor(): number;
  /** The highest position known to exist. */
  highestKnown(): number;
  hasGap(): boolean;
  /** How wide it is, up to the highest position known. */
  gapWidth(): number;
  /** The last position before the next one that is held, or the highest one known. */
  gapEnd(): number;
  heldCount(): number;
  /** The lowest position held, `Infinity` when nothing is. */
  nextHeld(): number;
  /** Something exists there. Says whether that is news. */
  know(position: number): boolean;
  /** Holds an early item, hands out one that is late, drops a duplicate. */
  place(position: number, item: T): void;
  /** Lets the next item out. */
  takeNext(position: number, item: T): void;
  /** Lets out what is contiguous. */
  emitHeldRun(): void;
  /** Lets out what is contiguous, stepping over each hole below `proven` at once, however wide. */
  drain(proven: number): void;
  /** Steps over what is missing, and says so. */
  pass(to: number, reason: Discontinuity['reason'] | 'hole'): void;
  /** Holds the lowest `max` early items only. */
  trim(max: number): void;
  dropHeld(): void;
  /** What is known beyond the cursor is believed no longer. */
  disbelieve(): void;
  /** Nothing before this position counts, and nothing is known beyond it. */
  beginAfter(position: number): void;
  /** What was settled up to now is another log; this one is settled up to `position`. */
  beginAnewAfter(position: number): void;
}

const PASSED_RANGES_KEPT = 256;

/**
 * Creates the frontier of a log that is settled up to `after`.
 *
 * It only moves to the next position, or over a range that is reported. What is called from an emission finds the
 * item settled, and may leave: then nothing more comes out.
 *
 * Functions and no getters: objects with getters do not share a shape, which makes every look at them slow.
 */
export const createFrontier = <T>(
  after: number,
  out: Pick<MergeOutlet<T>, 'emit' | 'hole' | 'discontinuity' | 'late'>,
  isHeard: () => boolean,
): Frontier<T> => {
  const held = createShelf<T>();
  // Most logs never pass anything.
  let passed: PassedRanges | undefined;
  let cursor = after;
  let highestKnown = after;

  const advance = (position: number): void => {
    // Before the emission: whoever is called from it finds the item settled.
    cursor = position;
    if (highestKnown < position) highestKnown = position;
  };

  const emitHeldRun = (): void => {
    held.dropUpTo(cursor);
    while (held.lowest() === cursor + 1) {
      const item = held.takeLowest();
      advance(cursor + 1);
      if (item !== undefined) out.emit(item);
    }
  };

  const pass = (to: number, reason: Discontinuity['reason'] | 'hole'): void => {
    const from = cursor + 1;
    passed ??= createPassedRanges(PASSED_RANGES_KEPT);
    passed.add(from, to);
    advance(to);
    if (reason === 'hole') out.hole(from, to);
    else out.discontinuity({ from, to, reason });
    emitHeldRun();
  };

  const dropHeld = (): void => {
    held.dropUpTo(Infinity);
  };

  return {
    cursor: () => cursor,
    highestKnown: () => highestKnown,
    hasGap: () => highestKnown > cursor,
    gapWidth: () => highestKnown - cursor,
    gapEnd: () => Math.min(held.lowest() - 1, highestKnown),
    heldCount: held.size,
    nextHeld: held.lowest,
    know: (position) => {
      if (position <= highestKnown) return false;
      highestKnown = position;
      return true;
    },
    place: (position, item) => {
      if (position > cursor) held.put(position, item);
      else if (passed?.claim(position) === true) out.late(item);
    },
    takeNext: (position, item) => {
      advance(position);
      out.emit(item);
    },
    emitHeldRun,
    drain: (proven) => {
      emitHeldRun();
      while (isHeard() && Math.min(held.lowest(), proven) > cursor + 1) {
        pass(Math.min(held.lowest(), proven) - 1, 'hole');
      }
    },
    pass,
    trim: held.trim,
    dropHeld,
    disbelieve: () => {
      highestKnown = cursor;
      dropHeld();
    },
    beginAfter: (position) => {
      cursor = position;
    },
    beginAnewAfter: (position) => {
      const to = cursor;
      cursor = highestKnown = position;
      passed = undefined;
      dropHeld();
      out.discontinuity({ from: position + 1, to, reason: 'reset' });
    },
  };
};
