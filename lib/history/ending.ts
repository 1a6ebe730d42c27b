import type { SyncStatus } from './SyncStatus.js';

/** How a log comes to its end: by news of it, or because nothing more comes live. */
export interface Ending {
  isOver(): boolean;
  /** When a log that has been closed ends; `Infinity` while it is open. */
  closesAt(): number;
  /** Why it was closed. */
  because(): SyncStatus['closedBecause'];
  /** It is closed, and ends at that time. Says whether that is news. */
  close(because: NonNullable<SyncStatus['closedBecause']>, at: number): boolean;
  /** Nothing comes live from `now` on. */
  finish(now: number): void;
  /** Nothing comes live any more, and the rest is still to be read. */
  isFinishing(): boolean;
  /** Whether a request that began then saw all that there will ever be. */
  sawAll(startedAt: number): boolean;
  /** It is over. */
  seal(): void;
  /** Another run may have a feed of its own. */
  forget(): void;
}

/** Creates the end of a log that has not come. */
export const createEnding = (): Ending => {
  let isOver = false;
  let because: SyncStatus['closedBecause'];
  let closesAt = Infinity;
  let finishedAt = Infinity;

  return {
    isOver: () => isOver,
    closesAt: () => closesAt,
    because: () => because,
    close: (reason, at) => {
      if (isOver || because !== undefined) return false;
      because = reason;
      closesAt = at;
      return true;
    },
    finish: (now) => {
      finishedAt = now;
    },
    isFinishing: () => finishedAt !== Infinity,
    sawAll: (startedAt) => startedAt >= finishedAt,
    seal: () => {
      isOver = true;
    },
    forget: () => {
      finishedAt = Infinity;
    },
  };
};
