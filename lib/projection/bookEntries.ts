import type { ListedConversation } from '../rest/ListedConversation.js';
import { boundedMap } from '../stream/boundedMap.js';
import { bookEntry, type BookEntry, byTime, summaryOf } from './bookEntry.js';

/** The conversations of a book: those in the list, and some that may be in the next one. */
export interface BookEntries {
  /** Whether it is in the list. */
  has(id: string): boolean;
  /** Undefined where it is not in the list. */
  inList(id: string): BookEntry | undefined;
  /** What is known of it, whether it is in the list or not. */
  of(id: string): BookEntry;
  /** The one in the list that has this message. */
  withMessage(messageId: string): BookEntry | undefined;
  /** The list names it. */
  enter(item: ListedConversation): BookEntry;
  /** The list does not name the others any more. */
  keep(isKept: (id: string) => boolean): void;
  /** Its summary may be another by now. */
  touch(entry: BookEntry): void;
  /** Others may be shown by now. */
  reorder(): void;
  /** Those that are shown, the latest first. */
  inOrder(): readonly BookEntry[];
}

export interface BookEntriesOptions {
  readonly isShown: (id: string) => boolean;
  /** Who I am; undefined while nobody knows. */
  readonly me: () => string | undefined;
}

/** Of so many conversations that are not in the list something is kept. */
const MOST_UNLISTED = 100;

/** Creates the entries of a book in which nothing is known. */
export const bookEntries = ({ isShown, me }: BookEntriesOptions): BookEntries => {
  const entries = new Map<string, BookEntry>();
  const unlisted = boundedMap<string, BookEntry>(MOST_UNLISTED);
  let order: readonly BookEntry[] | undefined = [];

  const reorder = (): void => {
    order = undefined;
  };

  const known = (id: string): BookEntry | undefined => entries.get(id) ?? unlisted.get(id);

  const of = (id: string): BookEntry => {
    const before = known(id);
    if (before !== undefined) return before;
    const entry = bookEntry({ id });
    unlisted.set(id, entry);
    return entry;
  };

  return {
    has: (id) => entries.has(id),
    inList: (id) => entries.get(id),
    of,
    withMessage: (messageId) => [...entries.values()].find(({ preview }) => preview?.has(messageId)),
    enter: (item) => {
      // Not as one that is not in the list: that could be in place of another one, which the list may name later.
      const entry = known(item.id) ?? bookEntry(item);
      entries.set(item.id, entry);
      unlisted.delete(item.id);
      entry.listed = item;
      return entry;
    },
    keep: (isKept) => {
      for (const id of entries.keys()) if (!isKept(id)) entries.delete(id);
      reorder();
    },
    touch: (entry) => {
      entry.isStale = true;
      reorder();
    },
    reorder,
    inOrder: () => {
      if (order !== undefined) return order;
      const shown = [...entries.values()].filter(({ listed }) => isShown(listed.id));
      for (const entry of shown) summaryOf(entry, me());
      order = shown.sort(byTime);
      return order;
    },
  };
};
