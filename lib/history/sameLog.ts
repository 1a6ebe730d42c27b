import type { Placed } from './Placed.js';

/** Whether what is read is still the log that was read before: a server may begin its log anew. */
export interface SameLog {
  /** An item that is let out, or will be, bears this time of the server. */
  vouch(position: number, at: number): void;
  /** History says that it ends at `position`; -1 where it says so by refusing what lies beyond. */
  toldEnd(position: number, cursor: number, now: number): void;
  /** An item came live at a position that was settled before. Says whether that is a reason for a question. */
  hear(item: SettledItem): boolean;
  /** What history is to be asked: where it ends, or for what is there at the doubted position. */
  question(): 'end' | 'past' | undefined;
  /** The position that gave reason for doubt, -1 when none did. */
  doubted(): number;
  /** The log ends there, as somebody says who was asked for it. */
  end(position: number, cursor: number, now: number): void;
  /**
   * History shows, in ascending order, what is there now. If that confirms the doubt, the log is another one, settled
   * up to the position that is returned: what is there was seen before. `undefined`: it is the same log, or history
   * does not show that position yet.
   */
  settledAnew(items: readonly Placed<unknown>[], from: number, now: number): number | undefined;
  /** The question could not be put. */
  trust(): void;
  /** Nothing is known of this log yet. */
  forget(): void;
}

/** What came live at or below the cursor. */
export interface SettledItem {
  readonly position: number;
  readonly at: number | undefined;
  readonly cursor: number;
  /** The newest time of the server that was held before it came. */
  readonly serverTime: number;
  readonly now: number;
}

/** The settings that doubt needs. */
export interface SameLogSettings {
  readonly holeGraceMs: number;
  readonly maxGapWaitMs: number;
}

interface Doubt {
  readonly position: number;
  /** What had been seen before was no newer than that. */
  readonly seenUntil: number;
  readonly question: 'end' | 'past';
  readonly since: number;
}

/**
 * Creates the trust in a log of which nothing has been seen.
 *
 * Where a server's log begins anew, positions are given out again, and what comes at them looks like duplicates.
 * A replica that lags must not look like that, by however much it lags. So one of these is needed:
 *
 * 1. An item came live below another one, yet it was created `holeGraceMs` after all that was known then, by the
 *    server's own clock. A replica that lags has no such item: it has only what the log had before.
 * 2. Without such times: for `maxGapWaitMs` history ended below the cursor and nobody showed anything beyond, then
 *    the line brought something at or below it, and history, asked once more, has that, and still ends below.
 *
 * Even then nothing is believed before a page, too, shows the item.
 *
 * @param canAskEnd Whether there is anybody to ask where the log ends.
 */
export const createSameLog = (
  { holeGraceMs, maxGapWaitMs }: SameLogSettings,
  canAskEnd: boolean,
): SameLog => {
  let vouchedFor = -1;
  let newest = -Infinity;
  let told: { readonly cursor: number; readonly since: number } | undefined;
  let doubt: Doubt | undefined;
  let askedEndAt = -Infinity;

  const hasEndedBelow = (cursor: number, now: number): boolean =>
    told?.cursor === cursor && now - told.since >= maxGapWaitMs;

  const toldEnd = (position: number, cursor: number, now: number): void => {
    if (position >= cursor) told = undefined;
    else if (told?.cursor !== cursor) told = { cursor, since: now };
  };

  return {
    vouch: (position, at) => {
      if (position > vouchedFor) vouchedFor = position;
      if (at > newest) newest = at;
    },
    toldEnd,
    hear: ({ position, at = -Infinity, cursor, serverTime, now }) => {
      if (doubt !== undefined) return false;
      if (position <= vouchedFor && at > newest + holeGraceMs) {
        doubt = { position, seenUntil: newest, question: 'past', since: now };
      } else if (
        canAskEnd &&
        now - askedEndAt >= maxGapWaitMs &&
        ((serverTime !== -Infinity && at > serverTime + holeGraceMs) || hasEndedBelow(cursor, now))
      ) {
        askedEndAt = now;
        doubt = { position, seenUntil: -Infinity, question: 'end', since: now };
      }
      return doubt !== undefined;
    },
    question: () => doubt?.question,
    doubted: () => doubt?.position ?? -1,
    end: (position, cursor, now) => {
      const isProven =
        doubt !== undefined && doubt.position <= position && position < cursor && hasEndedBelow(cursor, now);
      toldEnd(position, cursor, now);
      doubt = isProven && doubt !== undefined ? { ...doubt, question: 'past', since: now } : undefined;
    },
    settledAnew: (items, from, now) => {
      if (doubt === undefined) return undefined;
      const { position: doubted, seenUntil, since } = doubt;
      const shown = items.find(({ position }) => position === doubted);
      // History may lag: it is given its time to show the item, and until then nothing is decided.
      if (shown === undefined && now - since < holeGraceMs) return undefined;
      doubt = undefined;
      if (shown === undefined || (shown.at ?? Infinity) <= seenUntil + holeGraceMs) return undefined;
      const seen = items.findLast(({ position, at = Infinity }) => position < doubted && at <= seenUntil);
      return seen?.position ?? from - 1;
    },
    trust: () => {
      doubt = undefined;
    },
    forget: () => {
      vouchedFor = -1;
      newest = -Infinity;
      told = doubt = undefined;
    },
  };
};
