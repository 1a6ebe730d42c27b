import type { Placed } from './Placed.js';
import { createSightings } from './sightings.js';

/** A request under way, as far as evidence goes. */
export interface Reading {
  readonly startedAt: number;
  /** The newest server time held when it started, which is no later than the server's reading. */
  readonly serverTime: number;
}

/** A reading that somebody else had begun at `askedAt`; by then, no server time may have been held. */
export const begunAt = (askedAt: number, reading: Reading): Reading =>
  askedAt < reading.startedAt ? { startedAt: askedAt, serverTime: -Infinity } : reading;

/** What is known of which positions exist, and since when. */
export interface Evidence {
  /** An item or an answer bore this server time. */
  noteServerTime(at: number | undefined): void;
  /** The newest time of the server that is held; `-Infinity` when none is. */
  serverTime(): number;
  /** Something at `position` is known to exist since `now` at the latest. */
  know(position: number, now: number): void;
  /** A request starts. What concerns positions up to `cursor` only is let go. */
  beginReading(cursor: number, now: number): Reading;
  /** Below which position an answer, in ascending order, proves everything that it lacks to be absent. */
  provenBy(reading: Reading, items: readonly Placed<unknown>[]): number;
  /** From when on a request can prove that `missing` is absent. */
  ripeAt(missing: number): number;
  /** Nothing that was heard of is believed, or needed, any more. */
  forget(): void;
}

/**
 * Creates the judge of absence. A missing position is absent if a page that brackets it was read
 * `holeGraceMs` after something above it was known to exist: a server may show 11 before it shows 10,
 * but not for longer than that.
 *
 * "Was known" is told by our clock (since when have we heard of it), or by the server's (how much older
 * than the reading is the item itself), so old holes need not wait. The two clocks are never compared. The
 * time that an answer bears counts for the next one only: it may have been stamped long after the reading.
 */
export const createEvidence = (holeGraceMs: number): Evidence => {
  const sightings = createSightings(holeGraceMs / 8);
  let serverTime = -Infinity;

  return {
    noteServerTime: (at) => {
      if (at !== undefined && at > serverTime) serverTime = at;
    },
    serverTime: () => serverTime,
    know: (position, now) => {
      sightings.add(now, position);
    },
    beginReading: (cursor, now) => {
      sightings.forget(cursor, now - holeGraceMs);
      return { startedAt: now, serverTime };
    },
    provenBy: (reading, items) => {
      const pageTop = items.at(-1)?.position ?? -1;
      const ours = sightings.knownAt(reading.startedAt - holeGraceMs);
      const readAt = items.reduce((newest, { at = -Infinity }) => Math.max(newest, at), reading.serverTime);
      const theirs = items.findLast(({ at = Infinity }) => at <= readAt - holeGraceMs)?.position ?? -1;
      return Math.min(pageTop, Math.max(ours, theirs));
    },
    ripeAt: (missing) => sightings.firstAbove(missing) + holeGraceMs,
    forget: () => {
      sightings.forget(Infinity, Infinity);
    },
  };
};
