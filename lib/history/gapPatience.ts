import type { MergeSettings } from './mergeSettings.js';

/** How often history is asked for what it does not show, and for how long. */
export interface GapPatience {
  gapWait: { readonly cursor: number; readonly since: number } | undefined;
  readonly settings: Pick<MergeSettings, 'repollMs' | 'holeGraceMs' | 'maxGapWaitMs'>;
}

/** A patience that is asked for soon at first, then more and more rarely, up to `maxGapWaitMs`. */
export const untried = (): Omit<GapPatience, 'settings'> => ({ gapWait: undefined });

/** History did not show what follows `cursor`. Says when to ask again; `undefined`: it is enough. */
export const askAgainAt = (patience: GapPatience, cursor: number, now: number): number | undefined => {
  const { repollMs, holeGraceMs, maxGapWaitMs } = patience.settings;
  if (patience.gapWait?.cursor !== cursor) patience.gapWait = { cursor, since: now };
  const waited = now - patience.gapWait.since;
  if (waited >= maxGapWaitMs) return undefined;
  const pause = Math.max(repollMs, Math.min(waited / 4, holeGraceMs));
  return now + Math.min(pause, maxGapWaitMs - waited);
};

/** Nobody asks for the time being: waiting begins anew. */
export const forget = (patience: GapPatience): void => {
  patience.gapWait = undefined;
};
