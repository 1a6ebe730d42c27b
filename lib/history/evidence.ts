import type { MergeSettings } from './mergeSettings.js';
import type { Placed } from './Placed.js';
import * as Sightings from './sightings.js';

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
  sightings: Sightings.Sightings;
  /** The newest time of the server that is held; `-Infinity` when none is. */
  serverTime: number;
  readonly settings: Pick<MergeSettings, 'holeGraceMs'>;
}

/** How much finer than the grace it is told since when a position is known. */
const GRAINS = 8;

/**
 * Evidence of nothing yet. A missing position is absent if a page that brackets it was read
 * `holeGraceMs` after something above it was known to exist: a server may show 11 before it shows 10,
 * but not for longer than that.
 *
 * "Was known" is told by our clock (since when have we heard of it), or by the server's (how much older
 * than the reading is the item itself), so old holes need not wait. The two clocks are never compared. The
 * time that an answer bears counts for the next one only: it may have been stamped long after the reading.
 */
export const nothingKnown = (): Omit<Evidence, 'settings'> => ({
  sightings: Sightings.noSightings,
  serverTime: -Infinity,
});

/** An item or an answer bore this server time. */
export const noteServerTime = (evidence: Evidence, at: number | undefined): void => {
  if (at !== undefined && at > evidence.serverTime) evidence.serverTime = at;
};

/** Something at `position` is known to exist since `now` at the latest. */
export const know = (evidence: Evidence, position: number, now: number): void => {
  const { sightings, settings } = evidence;
  evidence.sightings = Sightings.add(sightings, settings.holeGraceMs / GRAINS, now, position);
};

/** A request starts. What concerns positions up to `cursor` only is let go. */
export const beginReading = (evidence: Evidence, cursor: number, now: number): Reading => {
  const { sightings, serverTime, settings } = evidence;
  evidence.sightings = Sightings.forget(sightings, cursor, now - settings.holeGraceMs);
  return { startedAt: now, serverTime };
};

/** Below which position an answer, in ascending order, proves everything that it lacks to be absent. */
export const provenBy = (
  { sightings, settings: { holeGraceMs } }: Evidence,
  reading: Reading,
  items: readonly Placed<unknown>[],
): number => {
  const pageTop = items.at(-1)?.position ?? -1;
  const ours = Sightings.knownAt(sightings, reading.startedAt - holeGraceMs);
  const readAt = items.reduce((newest, { at = -Infinity }) => Math.max(newest, at), reading.serverTime);
  const theirs = items.findLast(({ at = Infinity }) => at <= readAt - holeGraceMs)?.position ?? -1;
  return Math.min(pageTop, Math.max(ours, theirs));
};

/** From when on a request can prove that `missing` is absent. */
export const ripeAt = ({ sightings, settings }: Evidence, missing: number): number =>
  Sightings.firstAbove(sightings, missing) + settings.holeGraceMs;

/** Nothing that was heard of is believed, or needed, any more. */
export const forget = (evidence: Evidence): void => {
  evidence.sightings = Sightings.noSightings;
};
