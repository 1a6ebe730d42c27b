import type { BookEntry } from './bookEntry.js';

/** Of which conversations the newest page should be read again: the line has brought what shows that a frame is missing. */
export interface DoubtfulPages {
  readonly isEmpty: boolean;
  /** Something came by, or was read, of this conversation. */
  look(entry: BookEntry): void;
  /** Those to be asked for now, at a time in ms by our own clock. Those that were asked for lately are named later. */
  take(now: number): readonly string[];
}

/** Logs have holes, too: because of them a page is read no more often than this, in ms. */
const REST_MS = 10_000;

/** Doubts nothing that it is not shown. */
export const doubtfulPages = (): DoubtfulPages => {
  const entries = new Map<string, BookEntry>();

  return {
    get isEmpty() {
      return entries.size === 0;
    },
    look: (entry) => {
      const { listed, preview } = entry;
      if (preview?.hasGap === true) entries.set(listed.id, entry);
      else entries.delete(listed.id);
    },
    take: (now) => {
      const due = [...entries].filter(([, { pageAskedAt }]) => pageAskedAt <= now - REST_MS);
      for (const [id, entry] of due) {
        entries.delete(id);
        entry.pageAskedAt = now;
      }
      return due.map(([id]) => id);
    },
  };
};
