/** Remembers when positions were known to exist, in a handful of entries. */
export interface Sightings {
  /** At time `at`, `position` was known to exist. */
  add(at: number, position: number): void;
  /** The highest position known to exist at or before `time`; -1 when there was none. */
  knownAt(time: number): number;
  /** When something above `position` was first known to exist. */
  firstAbove(position: number): number;
  /** Lets go of what can no longer be asked: positions up to `position`, and times before `horizon`. */
  forget(position: number, horizon: number): void;
}

interface Sighting {
  readonly bornAt: number;
  at: number;
  position: number;
}

const MOST_ENTRIES = 64;

/**
 * Creates the memory behind the question "how long has something above this hole been known?".
 *
 * Sightings less than `grainMs` apart share an entry, which then bears the later time. That only makes
 * evidence look younger than it is, so nothing is declared absent too early, and memory stays bounded
 * however fast positions come.
 *
 * @param grainMs Width of an entry in milliseconds.
 */
export const createSightings = (grainMs: number): Sightings => {
  const entries: Sighting[] = [];

  return {
    add: (at, position) => {
      const last = entries.at(-1);
      if (last === undefined || position > last.position) {
        if (last !== undefined && (at - last.bornAt < grainMs || entries.length === MOST_ENTRIES)) {
          last.at = at;
          last.position = position;
        } else {
          entries.push({ bornAt: at, at, position });
        }
      }
    },
    knownAt: (time) => entries.findLast((entry) => entry.at <= time)?.position ?? -1,
    firstAbove: (position) => entries.find((entry) => entry.position > position)?.at ?? Infinity,
    forget: (position, horizon) => {
      const needed = entries.findIndex(
        (entry, index) => entry.position > position && (entries[index + 1]?.at ?? Infinity) > horizon,
      );
      entries.splice(0, needed < 0 ? entries.length : needed);
    },
  };
};
