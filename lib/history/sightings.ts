/** Remembers when positions were known to exist, in a handful of entries. */
export interface Sightings {
  readonly entries: Sighting[];
  /** Width of an entry in milliseconds. */
  readonly grainMs: number;
}

interface Sighting {
  readonly bornAt: number;
  at: number;
  position: number;
}

const MOST_ENTRIES = 64;

/**
 * The memory behind the question "how long has something above this hole been known?".
 *
 * Sightings less than `grainMs` apart share an entry, which then bears the later time. That only makes
 * evidence look younger than it is, so nothing is declared absent too early, and memory stays bounded
 * however fast positions come.
 */
export const noSightings = (grainMs: number): Sightings => ({ entries: [], grainMs });

/** At time `at`, `position` was known to exist. */
export const add = ({ entries, grainMs }: Sightings, at: number, position: number): void => {
  const last = entries.at(-1);
  if (last === undefined || position > last.position) {
    if (last !== undefined && (at - last.bornAt < grainMs || entries.length === MOST_ENTRIES)) {
      last.at = at;
      last.position = position;
    } else {
      entries.push({ bornAt: at, at, position });
    }
  }
};

/** The highest position known to exist at or before `time`; -1 when there was none. */
export const knownAt = ({ entries }: Sightings, time: number): number =>
  entries.findLast((entry) => entry.at <= time)?.position ?? -1;

/** When something above `position` was first known to exist. */
export const firstAbove = ({ entries }: Sightings, position: number): number =>
  entries.find((entry) => entry.position > position)?.at ?? Infinity;

/** Lets go of what can no longer be asked: positions up to `position`, and times before `horizon`. */
export const forget = ({ entries }: Sightings, position: number, horizon: number): void => {
  const needed = entries.findIndex(
    (entry, index) => entry.position > position && (entries[index + 1]?.at ?? Infinity) > horizon,
  );
  entries.splice(0, needed < 0 ? entries.length : needed);
};
