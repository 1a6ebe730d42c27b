import type { BookEntry } from './bookEntry.js';

/** Of which conversations the newest page should be read: those at the top, and those in which something was said. */
export interface WantedPages {
  /** Pages that were asked for before are worth nothing any more. Times are in ms by our own clock. */
  outdated(before: number): void;
  /** Those of these conversations, the latest first, whose page is to be asked for now. Each is named once. */
  take(inOrder: readonly BookEntry[], now: number): readonly string[];
}

/** So many conversations at the top show their latest message. */
const AT_THE_TOP = 20;

/** Reading a page may show that another conversation belongs to the top; it is followed so far for one line. */
const MOST_AT_THE_TOP = 40;

/** Wants all that it is shown first, down to the twentieth. */
export const wantedPages = (): WantedPages => {
  let freshSince = -Infinity;
  let topAsked = 0;

  const isWanted = (entry: BookEntry, isAtTheTop: boolean): boolean => {
    const { preview, pageAskedAt, isAsked, isTouched, latestSentEventId } = entry;
    if (isAtTheTop && pageAskedAt < freshSince) return true;
    if (pageAskedAt === -Infinity) return isAtTheTop || isTouched;
    // The list knows of a message that did not come.
    return !isAsked && preview?.isRead === true && latestSentEventId > preview.top;
  };

  return {
    outdated: (before) => {
      freshSince = before;
      topAsked = 0;
    },
    take: (inOrder, now) => {
      const wanted = inOrder.filter((entry, index) => {
        const isAtTheTop = index < AT_THE_TOP && topAsked < MOST_AT_THE_TOP;
        if (!isWanted(entry, isAtTheTop)) return false;
        if (isAtTheTop) topAsked += 1;
        entry.pageAskedAt = now;
        // A list may name a message that no page shows yet.
        entry.isAsked = true;
        return true;
      });
      return wanted.map(({ listed }) => listed.id);
    },
  };
};
