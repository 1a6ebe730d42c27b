import type { SyncStatus } from './SyncStatus.js';

/** How a log comes to its end: by news of it, or because nothing more comes live. */
export interface Ending {
  isOver: boolean;
  /** Why it was closed. */
  closedBecause: SyncStatus['closedBecause'];
  /** When a log that has been closed ends; `Infinity` while it is open. */
  closesAt: number;
  /** Since when nothing comes live any more. */
  finishedAt: number;
}

/** The end of a log that has not come. */
export const notYet = (): Ending => ({
  isOver: false,
  closedBecause: undefined,
  closesAt: Infinity,
  finishedAt: Infinity,
});

/** It is closed, and ends at that time. Says whether that is news. */
export const close = (
  ending: Ending,
  because: NonNullable<SyncStatus['closedBecause']>,
  at: number,
): boolean => {
  if (ending.isOver || ending.closedBecause !== undefined) return false;
  ending.closedBecause = because;
  ending.closesAt = at;
  return true;
};

/** Nothing comes live from `now` on. */
export const finish = (ending: Ending, now: number): void => {
  ending.finishedAt = now;
};

/** Nothing comes live any more, and the rest is still to be read. */
export const isFinishing = ({ finishedAt }: Ending): boolean => finishedAt !== Infinity;

/** Whether a request that began then saw all that there will ever be. */
export const sawAll = ({ finishedAt }: Ending, startedAt: number): boolean => startedAt >= finishedAt;

/** It is over. */
export const seal = (ending: Ending): void => {
  ending.isOver = true;
};

/** Another run may have a feed of its own. */
export const forget = (ending: Ending): void => {
  ending.finishedAt = Infinity;
};
