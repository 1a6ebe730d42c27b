import type { MergeOutlet } from './MergeOutlet.js';
import type { MergeSettings } from './mergeSettings.js';
import type { Placed } from './Placed.js';

/** Whether what is read is still the log that was read before: a server may begin its log anew. */
export interface SameLog {
  /** The highest position whose time of the server is known. */
  vouchedFor: number;
  /** The newest of these times. */
  newestSeen: number;
  /** Where the run began, in a log of which it has seen nothing yet. */
  begunAfter: number;
  /** Since when history says that it ends below the cursor. */
  endBelow: { readonly cursor: number; readonly since: number } | undefined;
  doubt: Doubt | undefined;
  askedEndAt: number;
  readonly settings: Pick<MergeSettings, 'holeGraceMs' | 'maxGapWaitMs'>;
  /** Where it has no `locate`, nobody can be asked where the log ends. */
  readonly out: Pick<MergeOutlet<never>, 'locate'>;
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

interface Doubt {
  readonly position: number;
  /** What had been seen before was no newer than that. */
  readonly seenUntil: number;
  readonly question: 'end' | 'past';
  readonly since: number;
  /** The item alone shows it, if the log ends where it is. */
  readonly isFromTime?: boolean;
}

/**
 * The trust in a log of which nothing has been seen.
 *
 * Where a server's log begins anew, positions are given out again, and what comes at them looks like duplicates.
 * A replica that lags must not look like that, by however much it lags. So one of these is needed:
 *
 * 1. An item came live below another one, yet it was created `holeGraceMs` after all that was known then, by the
 *    server's own clock. A replica that lags has no such item: it has only what the log had before.
 * 2. Without such times: for `maxGapWaitMs` history ended below the cursor and nobody showed anything beyond, then
 *    the line brought something at or below it, and history, asked once more, has that, and still ends below.
 *
 * 3. The run began at a position that somebody had kept, it has seen nothing of the log since, and an item came live
 *    at or below it that was created `holeGraceMs` after the newest time of the server; and history ends below.
 *
 * Even then nothing is believed before a page, too, shows the item.
 */
export const unseen = (begunAfter: number): Omit<SameLog, 'settings' | 'out'> => ({
  begunAfter,
  vouchedFor: -1,
  newestSeen: -Infinity,
  endBelow: undefined,
  doubt: undefined,
  askedEndAt: -Infinity,
});

/** An item that is let out, or will be, bears this time of the server. */
export const vouch = (log: SameLog, position: number, at: number): void => {
  if (position > log.vouchedFor) log.vouchedFor = position;
  if (at > log.newestSeen) log.newestSeen = at;
};

/** History says that it ends at `position`; -1 where it says so by refusing what lies beyond. */
export const toldEnd = (log: SameLog, position: number, cursor: number, now: number): void => {
  if (position >= cursor) log.endBelow = undefined;
  else if (log.endBelow?.cursor !== cursor) log.endBelow = { cursor, since: now };
};

/** An item came live at a position that was settled before. Says whether that is a reason for a question. */
export const hear = (
  log: SameLog,
  { position, at = -Infinity, cursor, serverTime, now }: SettledItem,
): boolean => {
  const { vouchedFor, newestSeen, out } = log;
  const { holeGraceMs, maxGapWaitMs } = log.settings;
  if (log.doubt !== undefined) return false;
  const isNewest = serverTime !== -Infinity && at > serverTime + holeGraceMs;
  if (position <= vouchedFor && at > newestSeen + holeGraceMs) {
    log.doubt = { position, seenUntil: newestSeen, question: 'past', since: now };
  } else if (
    out.locate !== undefined &&
    now - log.askedEndAt >= maxGapWaitMs &&
    (isNewest || hasEndedBelow(log, cursor, now))
  ) {
    log.askedEndAt = now;
    const isFromTime = isNewest && cursor === log.begunAfter;
    log.doubt = { position, seenUntil: -Infinity, question: 'end', since: now, isFromTime };
  }
  return log.doubt !== undefined;
};

/** What history is to be asked: where it ends, or for what is there at the doubted position. */
export const question = ({ doubt }: SameLog): 'end' | 'past' | undefined => doubt?.question;

/** The position that gave reason for doubt, -1 when none did. */
export const doubted = ({ doubt }: SameLog): number => doubt?.position ?? -1;

/** The log ends there, as somebody says who was asked for it. */
export const end = (log: SameLog, position: number, cursor: number, now: number): void => {
  const { doubt } = log;
  const isProven =
    doubt !== undefined &&
    doubt.position <= position &&
    position < cursor &&
    ((doubt.isFromTime === true && cursor === log.begunAfter) || hasEndedBelow(log, cursor, now));
  toldEnd(log, position, cursor, now);
  log.doubt = isProven ? { ...doubt, question: 'past', since: now } : undefined;
};

/**
 * History shows, in ascending order, what is there now. If that confirms the doubt, the log is another one, settled
 * up to the position that is returned: what is there was seen before. `undefined`: it is the same log, or history
 * does not show that position yet.
 */
export const settledAnew = (
  log: SameLog,
  items: readonly Placed<unknown>[],
  from: number,
  now: number,
): number | undefined => {
  if (log.doubt === undefined) return undefined;
  const { holeGraceMs } = log.settings;
  const { position: doubtedPosition, seenUntil, since } = log.doubt;
  const shown = items.find(({ position }) => position === doubtedPosition);
  // History may lag: it is given its time to show the item, and until then nothing is decided.
  if (shown === undefined && now - since < holeGraceMs) return undefined;
  log.doubt = undefined;
  if (shown === undefined || (shown.at ?? Infinity) <= seenUntil + holeGraceMs) return undefined;
  const seen = items.findLast(({ position, at = Infinity }) => position < doubtedPosition && at <= seenUntil);
  return seen?.position ?? from - 1;
};

/** The question could not be put. */
export const trust = (log: SameLog): void => {
  log.doubt = undefined;
};

/** Nothing is known of this log yet. */
export const forget = (log: SameLog): void => {
  log.begunAfter = NaN;
  log.vouchedFor = -1;
  log.newestSeen = -Infinity;
  log.endBelow = log.doubt = undefined;
};

const hasEndedBelow = ({ endBelow, settings }: SameLog, cursor: number, now: number): boolean =>
  endBelow?.cursor === cursor && now - endBelow.since >= settings.maxGapWaitMs;
