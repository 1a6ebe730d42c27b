import type { Placed } from '../../lib/history/Placed.js';
import type { VirtualClock } from './virtualClock.js';
import type { Dice } from './WorldFaults.js';

/** What history answers. */
export type Answer =
  | { readonly truncated: number }
  | { readonly latest: number }
  | { readonly page: readonly number[]; readonly endsAt?: number };

export interface Entry {
  readonly id: number;
  readonly createdAt: number;
  readonly visibleAt: number;
  readonly life: number;
}

/** The side that has the log: it uses ids up without showing them, shows late, and answers oddly. */
export interface WorldServer {
  /** The highest id there is; -1 in an empty log. */
  readonly last: number;
  /** Everything below is kept no longer. */
  readonly truncatedBefore: number;
  /** How often its log has begun anew. */
  readonly life: number;
  /** How many ids it has made up. */
  readonly invented: number;
  publish(): Entry;
  /** Makes up an id far ahead. */
  invent(): number;
  truncate(before: number): void;
  /** Its log begins anew above what a backup had kept, up to `kept`; -1: there was none. */
  restart(kept: number): void;
  /** Whether there is this item, of this life. */
  exists(item: number): boolean;
  /** The lowest id from `from` to `to` that exists and is kept. */
  firstBetween(from: number, to: number): number | undefined;
  /** How many there are above `start`. */
  countAbove(start: number): number;
  has(id: number): boolean;
  /** What history shows, or showed at an earlier time. */
  readPage(from: number, limit: number, at?: number): Answer;
  readLatest(): { readonly latest: number };
  /** The highest id that history shows by now. */
  lastShown(): number;
  place(id: number): Placed<number>;
  /** The time that an answer bears which is sent now. */
  stamp(): number | undefined;
}

const SERVER_EPOCH = 1e12;
const FAR_AHEAD = 1_000_000;
/** An item is its id, and the life in which it was written. */
const LIFE = 2 ** 32;

export const idOf = (item: number): number => item % LIFE;
export const lifeOf = (item: number): number => Math.floor(item / LIFE);

export const createWorldServer = (clock: VirtualClock, dice: Dice, tellsTime: boolean): WorldServer => {
  const { happens, sizeOf, roll } = dice;
  let log: Entry[] = [];
  const entries = new Map<number, Entry>();
  const inventions = new Set<number>();
  let life = 0;
  let nextId = 0;
  let truncatedBefore = 0;

  const visible = (at = clock.now): readonly Entry[] =>
    log.filter(({ id, visibleAt }) => id >= truncatedBefore && visibleAt <= at);

  const timeOf = (id: number): number | undefined => {
    const entry = entries.get(id);
    return tellsTime && entry !== undefined ? entry.createdAt + SERVER_EPOCH : undefined;
  };

  const itemOf = (id: number): number => id + (entries.get(id)?.life ?? 0) * LIFE;

  return {
    get last() {
      return nextId - 1;
    },
    get truncatedBefore() {
      return truncatedBefore;
    },
    get life() {
      return life;
    },
    get invented() {
      return inventions.size;
    },
    publish: () => {
      while (happens('holes')) nextId += 1;
      const entry = { id: nextId, createdAt: clock.now, visibleAt: clock.now + sizeOf('historyLagMs'), life };
      nextId += 1;
      log.push(entry);
      entries.set(entry.id, entry);
      return entry;
    },
    invent: () => {
      inventions.add(nextId + FAR_AHEAD);
      return nextId + FAR_AHEAD;
    },
    restart: (kept) => {
      life += 1;
      nextId = kept + 1;
      log = log.filter(({ id }) => id <= kept);
      for (const id of [...entries.keys()].filter((key) => key > kept)) entries.delete(id);
    },
    truncate: (before) => {
      truncatedBefore = before;
    },
    exists: (item) => itemOf(idOf(item)) === item || inventions.has(item),
    firstBetween: (from, to) => {
      const lowest = Math.max(from, truncatedBefore);
      return log.find(({ id }) => id >= lowest && id <= to)?.id;
    },
    countAbove: (start) => log.filter(({ id }) => id > start && id >= truncatedBefore).length,
    has: (id) => entries.has(id),
    lastShown: () => visible().at(-1)?.id ?? -1,
    // A replica of its own, which may be far behind.
    readLatest: () => ({ latest: visible(clock.now - sizeOf('behindMs')).at(-1)?.id ?? -1 }),
    readPage: (from, limit, at) => {
      if (from < truncatedBefore) return { truncated: truncatedBefore };
      const start = happens('ignoresFrom') ? 0 : from - (happens('overlappingPage') ? 3 : 0);
      const most = limit + (happens('longPage') ? limit : 0);
      const count = happens('shortPage') ? 1 + Math.floor(roll() * limit) : most;
      const page = visible(at)
        .filter(({ id }) => id >= start)
        .slice(0, count)
        .flatMap(({ id }) => (happens('repeatedItems') ? [id, id] : [id]));
      if (page.length === 0 && happens('refusesBeyond')) return { page, endsAt: -1 };
      return { page: happens('unorderedPage') ? page.reverse() : page };
    },
    place: (id) => ({ position: id, item: itemOf(id), at: timeOf(id) }),
    // To the second, like a header.
    stamp: () => (tellsTime ? Math.floor(clock.now / 1_000) * 1_000 + SERVER_EPOCH : undefined),
  };
};
