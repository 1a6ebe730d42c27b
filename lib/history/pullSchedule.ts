import type { MergeSettings } from './mergeSettings.js';

/** When the next request is due: the earliest wish, not before the latest floor. */
export interface PullSchedule {
  catchUpAt: number;
  gapAt: number;
  /** `Infinity` is a wish too: not to look again. */
  probeAt: number | undefined;
  backOffUntil: number;
  retryAfterUntil: number;
  /** How many requests have failed in a row. */
  failures: number;
  lastFrom: number;
  lastContactAt: number;
  /** `repollMs`: the least time between an answer and the next request for the same position. */
  readonly settings: Pick<MergeSettings, 'repollMs'>;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

/** A schedule with nothing due. */
export const nothingDue = (): Omit<PullSchedule, 'settings'> => ({
  catchUpAt: Infinity,
  gapAt: Infinity,
  probeAt: undefined,
  backOffUntil: -Infinity,
  retryAfterUntil: -Infinity,
  failures: 0,
  lastFrom: -1,
  lastContactAt: -Infinity,
});

/** History has more, or may have: read on. */
export const catchUp = (schedule: PullSchedule, at: number): void => {
  schedule.catchUpAt = Math.min(schedule.catchUpAt, at);
};

/** A gap wants filling; the wish stands until the gap closes or a request starts. */
export const fillGap = (schedule: PullSchedule, at: number): void => {
  schedule.gapAt = Math.min(schedule.gapAt, at);
};

export const awaitsGap = ({ gapAt }: PullSchedule): boolean => gapAt !== Infinity;

/** Nothing is wished for at all. */
export const isEmpty = ({ catchUpAt, gapAt, probeAt }: PullSchedule): boolean =>
  probeAt === undefined && Math.min(catchUpAt, gapAt) === Infinity;

export const gapClosed = (schedule: PullSchedule): void => {
  schedule.gapAt = Infinity;
};

/** All is quiet: look once more at that time; `Infinity` = never. */
export const probe = (schedule: PullSchedule, at: number): void => {
  schedule.probeAt = at;
};

/**
 * A request failed: nothing before the jittered delay, which never exceeds `withinMs`, and never before the
 * server's own.
 */
export const backOff = (
  schedule: PullSchedule,
  now: number,
  jitter: number,
  retryAfterMs: number,
  withinMs = Infinity,
): void => {
  const longest = FIRST_RETRY_MS * 2 ** Math.min(schedule.failures, 16);
  const ceiling = Math.min(LAST_RETRY_MS, withinMs, longest);
  schedule.failures += 1;
  if (retryAfterMs > 0) schedule.retryAfterUntil = now + retryAfterMs;
  schedule.backOffUntil = Math.max(now + jitter * ceiling, schedule.retryAfterUntil);
  schedule.catchUpAt = now;
};

/** The line opened: worth another try at once, unless the server named a time. */
export const cutBackOffShort = (schedule: PullSchedule): void => {
  schedule.backOffUntil = schedule.retryAfterUntil;
};

/** A request succeeded. */
export const recovered = (schedule: PullSchedule): void => {
  schedule.failures = 0;
  schedule.backOffUntil = schedule.retryAfterUntil = -Infinity;
};

/** When to ask from `from`. */
export const dueAt = (schedule: PullSchedule, from: number): number =>
  Math.max(
    Math.min(schedule.catchUpAt, schedule.gapAt, schedule.probeAt ?? Infinity),
    schedule.backOffUntil,
    from === schedule.lastFrom ? schedule.lastContactAt + schedule.settings.repollMs : -Infinity,
  );

export const started = (schedule: PullSchedule, from: number, now: number): void => {
  schedule.lastFrom = from;
  schedule.lastContactAt = now;
  clear(schedule);
};

export const answered = (schedule: PullSchedule, now: number): void => {
  schedule.lastContactAt = now;
};

/** Takes every wish back. */
export const clear = (schedule: PullSchedule): void => {
  schedule.catchUpAt = schedule.gapAt = Infinity;
  schedule.probeAt = undefined;
};
