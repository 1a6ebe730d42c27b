/** When positions were known to exist, in a handful of entries; the list is never changed in place. */
export type Sightings = readonly Sighting[];

interface Sighting {
  readonly bornAt: number;
  at: number;
  position: number;
}

const MOST_ENTRIES = 64;

/** The memory behind the question "how long has something above this hole been known?". */
export const noSightings: Sightings = [];

/**
 * At time `at`, `position` was known to exist.
 *
 * Sightings less than `grainMs` apart share an entry, which then bears the later time. That only makes
 * evidence look younger than it is, so nothing is declared absent too early, and memory stays bounded
 * however fast positions come.
 */
export const add = (sightings: Sightings, grainMs: number, at: number, position: number): Sightings => {
  const last = sightings.at(-1);
  if (last !== undefined && position <= last.position) return sightings;
  if (last === undefined || (at - last.bornAt >= grainMs && sightings.length < MOST_ENTRIES)) {
    return [...sightings, { bornAt: at, at, position }];
  }
  last.at = at;
  last.position = position;
  return sightings;
};

/** The highest position known to exist at or before `time`; -1 when there was none. */
export const knownAt = (sightings: Sightings, time: number): number =>
  sightings.findLast((entry) => entry.at <= time)?.position ?? -1;

/** When something above `position` was first known to exist. */
export const firstAbove = (sightings: Sightings, position: number): number =>
  sightings.find((entry) => entry.position > position)?.at ?? Infinity;

/** Without what can no longer be asked: positions up to `position`, and times before `horizon`. */
export const forget = (sightings: Sightings, position: number, horizon: number): Sightings => {
  const needed = sightings.findIndex(
    (entry, index) => entry.position > position && (sightings[index + 1]?.at ?? Infinity) > horizon,
  );
  return needed < 0 ? noSightings : sightings.slice(needed);
};
