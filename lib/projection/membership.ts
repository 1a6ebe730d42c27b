import { boundedMap } from '../stream/boundedMap.js';
import { hearing, heardSince, type LatestWords, type Word } from './latestWords.js';
import type { ListWish } from './ListWish.js';

/** In which conversations I am, as far as events tell since the list was read. Times are in ms by our own clock. */
export interface Membership {
  /** Whether an event says that I am in it, or that I am not; undefined: the list knows. */
  said(conversationId: string): boolean | undefined;
  /** An event says whether I am in it. */
  heard(conversationId: string, word: Word<boolean>): ListWish;
  /** Something came of a conversation that is not in the list. */
  missed(conversationId: string, heardAt: number): ListWish;
  /** The list was read: it names these, and was asked for at this time. */
  listed(conversationIds: ReadonlySet<string>, askedAt: number): ListWish;
}

/** A conversation that I was just added to may be missing in a list for so long, and one that is gone be in it. */
const LIST_GRACE_MS = 5_000;

/** For how long a conversation that is not mine is not looked for again. */
const STRANGER_MS = 60_000;

/** Creates the record of somebody of whom no event has told. The latest word of the server counts. */
export const createMembership = (): Membership => {
  const strangers = boundedMap<string, number>(1_000);
  let words: LatestWords<string, boolean> = new Map();

  return {
    said: (id) => words.get(id)?.says,
    heard: (id, word) => {
      const before = words;
      words = hearing(words, id, word);
      return words !== before && word.says ? 'now' : undefined;
    },
    // It is looked for in the list, but not again and again.
    missed: (id, heardAt) => {
      if (words.get(id)?.says !== undefined || (strangers.get(id) ?? -Infinity) > heardAt - STRANGER_MS)
        return undefined;
      strangers.set(id, heardAt);
      return 'now';
    },
    listed: (ids, askedAt) => {
      words = heardSince(words, askedAt - LIST_GRACE_MS);
      const isIncomplete = [...words].some(([id, { says }]) => says && !ids.has(id));
      return isIncomplete ? 'soon' : undefined;
    },
  };
};
