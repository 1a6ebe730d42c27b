/** How often history is asked for what it does not show, and for how long. */
export interface GapPatience {
  /** History did not show what follows `cursor`. Says when to ask again; `undefined`: it is enough. */
  askAgainAt(cursor: number, now: number): number | undefined;
  /** Nobody asks for the time being: waiting begins anew. */
  forget(): void;
}

/** The settings that patience needs. */
export interface GapPatienceSettings {
  readonly repollMs: number;
  readonly holeGraceMs: number;
  readonly maxGapWaitMs: number;
}

/** Creates a patience that is asked for soon at first, then more and more rarely, up to `maxGapWaitMs`. */
export const createGapPatience = ({
  repollMs,
  holeGraceMs,
  maxGapWaitMs,
}: GapPatienceSettings): GapPatience => {
  let wait: { readonly cursor: number; readonly since: number } | undefined;

  return {
    askAgainAt: (cursor, now) => {
      if (wait?.cursor !== cursor) wait = { cursor, since: now };
      const waited = now - wait.since;
      if (waited >= maxGapWaitMs) return undefined;
      const pause = Math.max(repollMs, Math.min(waited / 4, holeGraceMs));
      return now + Math.min(pause, maxGapWaitMs - waited);
    },
    forget: () => {
      wait = undefined;
    },
  };
};
