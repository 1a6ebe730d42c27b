import type { MergeOutlet } from './MergeOutlet.js';
import type { MergeSettings } from './mergeSettings.js';

/** The line as the merge sees it: whether it is up, and whether what it brings can be relied on. */
export interface Line {
  isUp: boolean;
  wasUp: boolean;
  /** A request that started since it opened has reached the end of history. */
  isVerified: boolean;
  /** How often it has opened. */
  epoch: number;
  openedAt: number;
  confirmAt: number;
  readonly settings: Pick<MergeSettings, 'confirmProbeMs' | 'idleProbeMs'>;
  readonly out: Pick<MergeOutlet<never>, 'quietMs'>;
}

/**
 * The record of a line that is not up.
 *
 * A line that is open is not yet a line that delivers: what fell between is read a little later, once per
 * opening. And the last item lost leaves no trace, so even a healthy line is checked now and then.
 */
export const closed = (): Omit<Line, 'settings' | 'out'> => ({
  isUp: false,
  wasUp: false,
  isVerified: false,
  epoch: 0,
  openedAt: -Infinity,
  confirmAt: Infinity,
});

/** It was up before, but is not now. */
export const isLost = ({ wasUp, isUp }: Line): boolean => wasUp && !isUp;

/** The epoch at that time, or one that is over. */
export const epochAt = ({ epoch, openedAt }: Line, time: number): number =>
  time < openedAt ? epoch - 1 : epoch;

/** Says whether this is news. */
export const opened = (line: Line, now: number): boolean => {
  if (line.isUp) return false;
  line.openedAt = now;
  line.isUp = line.wasUp = true;
  line.epoch += 1;
  return true;
};

export const dropped = (line: Line): void => {
  line.isUp = line.isVerified = false;
};

/** A request that started at `startedAt` reached the end; says when to look again. */
export const reachedEnd = (line: Line, startedAt: number, now: number): number => {
  const { settings, out } = line;
  const quietUntil = now + (out.quietMs?.(line) ?? settings.idleProbeMs);
  if (!line.isUp) return quietUntil;
  if (!line.isVerified) {
    line.isVerified = true;
    line.confirmAt = now + settings.confirmProbeMs;
  }
  return startedAt >= line.confirmAt ? quietUntil : Math.min(line.confirmAt, quietUntil);
};

/** Nobody watches it any more. */
export const forget = (line: Line): void => {
  line.isUp = line.wasUp = line.isVerified = false;
};
