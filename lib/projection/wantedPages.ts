import type { BookEntry } from './bookEntry.js';

/**
 * Of which conversations the newest page should be read: those at the top, and those in which something was said; and
 * now and then, one after another, those that were asked for: a page may have failed, and a frame that was lost may
 * have left no trace.
 */
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

/** What shows something unread, or could not be read, is looked at so much more often: it may be known elsewhere. */
const UNREAD_WEIGHT = 4;

/**
 * Wants all that it is shown first, down to the twentieth.
 *
 * @param lookMs For how long nothing is looked at by the way once a page was asked for.
 */
export const wantedPages = (lookMs: number): WantedPages => {
  let freshSince = -Infinity;
  let topAsked = 0;
  let lookAt = -Infinity;

  const isWanted = (entry: BookEntry, isAtTheTop: boolean): boolean => {
    const { preview, pageAskedAt, isAsked, isTouched, latestSentEventId } = entry;
    if (isAtTheTop && pageAskedAt < freshSince) return true;
    if (pageAskedAt === -Infinity) return isAtTheTop || isTouched;
    // The list knows of a message that did not come.
    return !isAsked && preview?.isRead === true && latestSentEventId > preview.top;
  };

  const longestNotRead = (inOrder: readonly BookEntry[], now: number): readonly BookEntry[] => {
    if (now < lookAt) return [];
    const weightOf = ({ pageAskedAt, summary }: BookEntry): number =>
      (now - pageAskedAt) * (summary?.unread === 0 ? 1 : UNREAD_WEIGHT);
    return inOrder
      .filter(({ pageAskedAt }) => pageAskedAt > -Infinity && pageAskedAt <= now - lookMs)
      .sort((a, b) => weightOf(b) - weightOf(a))
      .slice(0, 1);
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
        return true;
      });
      const asked = wanted.length > 0 ? wanted : longestNotRead(inOrder, now);
      if (asked.length > 0) lookAt = now + lookMs;
      return asked.map((entry) => {
        entry.pageAskedAt = now;
        // A list may name a message that no page shows yet.
        entry.isAsked = true;
        return entry.listed.id;
      });
    },
  };
};
