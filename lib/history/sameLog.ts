import type { MergeOutlet } from './MergeOutlet.js';
import type { MergeSettings } from './mergeSettings.js';
import type { Placed } from './Placed.js';

/** Whether what is read is still the log that was read before: a server may begin its log anew. */
export interface SameLog {
  /** The highest position whose time of the server is known. */
  vouchedFor: number;
  /** The newest of these times. */
  newestSeen: number;
  /** After which position the run began. It has seen nothing of what is before. */
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
  /** Nothing is known to exist beyond the cursor. */
  readonly isLast: boolean;
  /** The newest time of the server that was held before it came. */
  readonly serverTime: number;
  readonly now: number;
}

interface Doubt {
  readonly position: number;
  /** What had been seen before was no newer than that. */
  readonly seenUntil: number;
  /** An item that is not newer than that by the grace is of the log as it was. */
  readonly newerThan: number;
  readonly question: 'end' | 'past';
  readonly since: number;
  /** The item alone shows it, if the log goes on to end below this cursor. */
  readonly settledTo?: number | undefined;
}

/**
 * The trust in a log of which nothing has been seen.
 *
 * Where a server's log begins anew, positions are given out again, and what comes at them looks like duplicates.
 * A replica that lags must not look like that, by however much it lags. So one of these is needed:
 *
 * 1. An item came live below another one, yet it was created `holeGraceMs` after all that was known then, by the
 *    server's own clock. A replica that lags has no such item: it has only what the log had before. Where the run had
 *    begun beyond that item, it may be an old one that another clock of the server has stamped: so history has to end
 *    below as well, now and `holeGraceMs` later, and where nobody can be asked it is not believed.
 * 2. Without such times: for `maxGapWaitMs` history ended below the cursor and nobody showed anything beyond, then
 *    the line brought something at or below it, and history, asked once more, has that, and still ends below.
 *
 * 3. The run began at a position that somebody had kept, it has heard of nothing beyond, and an item came live at or
 *    below it that was created `holeGraceMs` after the newest time of the server; and history ends below, now and
 *    `holeGraceMs` later.
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
  if (position >= cursor) {
    log.endBelow = undefined;
    if (log.doubt?.question === 'end') log.doubt = undefined;
  } else if (log.endBelow?.cursor !== cursor) log.endBelow = { cursor, since: now };
};

/** An item came live at a position that was settled before. Says whether that is a reason for a question. */
export const hear = (
  log: SameLog,
  { position, at = -Infinity, cursor, isLast, serverTime, now }: SettledItem,
): boolean => {
  const { vouchedFor, newestSeen, begunAfter, out } = log;
  const { holeGraceMs, maxGapWaitMs } = log.settings;
  if (log.doubt !== undefined) return false;
  const isOutOfOrder = position <= vouchedFor && at > newestSeen + holeGraceMs;
  const isNewest = serverTime !== -Infinity && at > serverTime + holeGraceMs;
  // Of what came before the run it has seen no time.
  if (isOutOfOrder && position > begunAfter) {
    log.doubt = { position, seenUntil: newestSeen, newerThan: newestSeen, question: 'past', since: now };
  } else if (
    out.locate !== undefined &&
    now - log.askedEndAt >= maxGapWaitMs &&
    (isOutOfOrder || isNewest || hasEndedBelow(log, cursor, now))
  ) {
    log.askedEndAt = now;
    const isShown = isLast && (isOutOfOrder || (isNewest && cursor === begunAfter));
    log.doubt = {
      position,
      seenUntil: isOutOfOrder ? newestSeen : -Infinity,
      newerThan: isOutOfOrder ? newestSeen : isNewest ? serverTime : -Infinity,
      question: 'end',
      since: now,
      settledTo: isShown ? cursor : undefined,
    };
  }
  return log.doubt !== undefined;
};

/** What history is to be asked: where it ends, or for what is there at the doubted position. */
export const question = ({ doubt }: SameLog): 'end' | 'past' | undefined => doubt?.question;

/** The position that gave reason for doubt, -1 when none did. */
export const doubted = ({ doubt }: SameLog): number => doubt?.position ?? -1;

/** The log ends there, as somebody says who was asked for it. Says when to go on asking. */
export const end = (log: SameLog, position: number, cursor: number, now: number): number => {
  const { doubt, settings } = log;
  const isBelow = position < cursor;
  const isSaidLongEnough = hasEndedBelow(log, cursor, now);
  toldEnd(log, position, cursor, now);
  if (doubt === undefined) return now;
  const isShown = isBelow && doubt.settledTo === cursor;
  const believedAt = isSaidLongEnough ? now : doubt.since + settings.holeGraceMs;
  // Whoever answers may be behind, by no longer than the grace.
  if (isShown && now < believedAt) return believedAt;
  const isProven = doubt.position <= position && isBelow && (isShown || isSaidLongEnough);
  log.doubt = isProven ? { ...doubt, question: 'past', since: now } : undefined;
  return now;
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
  const { position: doubtedPosition, seenUntil, newerThan, since } = log.doubt;
  const shown = items.find(({ position }) => position === doubtedPosition);
  // History may lag: it is given its time to show the item, and until then nothing is decided.
  if (shown === undefined && now - since < holeGraceMs) return undefined;
  log.doubt = undefined;
  if (shown === undefined || (shown.at ?? Infinity) <= newerThan + holeGraceMs) return undefined;
  const seen = items.findLast(({ position, at = Infinity }) => position < doubtedPosition && at <= seenUntil);
  return seen?.position ?? from - 1;
};

/** What is there cannot be learned for so long that the doubt is no reason to wait any more. */
export const isOverdue = ({ doubt, settings }: SameLog, now: number): boolean =>
  doubt !== undefined && now - doubt.since >= settings.maxGapWaitMs;

/** The question could not be put. */
export const trust = (log: SameLog): void => {
  log.doubt = undefined;
};

/** The run begins after this position, and has seen nothing of what is before. */
export const beginAfter = (log: SameLog, position: number): void => {
  log.begunAfter = position;
};

/** Nothing is known of this log yet. */
export const forget = (log: SameLog): void => {
  log.vouchedFor = -1;
  log.newestSeen = -Infinity;
  log.endBelow = log.doubt = undefined;
};

const hasEndedBelow = ({ endBelow, settings }: SameLog, cursor: number, now: number): boolean =>
  endBelow?.cursor === cursor && now - endBelow.since >= settings.maxGapWaitMs;
