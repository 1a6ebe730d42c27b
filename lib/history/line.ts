/** The line as the merge sees it: whether it is up, and whether what it brings can be relied on. */
export interface Line {
  isUp(): boolean;
  /** It was up before, but is not now. */
  isLost(): boolean;
  /** How often it has opened. */
  epoch(): number;
  /** The epoch at that time, or one that is over. */
  epochAt(time: number): number;
  /** A request that started since it opened has reached the end of history. */
  isVerified(): boolean;
  /** Says whether this is news. */
  opened(now: number): boolean;
  dropped(): void;
  /** A request that started at `startedAt` reached the end; says when to look again. */
  reachedEnd(startedAt: number, now: number): number;
  /** Nobody watches it any more. */
  forget(): void;
}

/**
 * Creates the record of a line that is not up.
 *
 * A line that is open is not yet a line that delivers: what fell between is read a little later, once per
 * opening. And the last item lost leaves no trace, so even a healthy line is checked now and then.
 *
 * @param quietMs How long a line that has been confirmed may be quiet, from now on.
 */
export const createLine = (confirmProbeMs: number, quietMs: () => number): Line => {
  let isUp = false;
  let wasUp = false;
  let isVerified = false;
  let epoch = 0;
  let openedAt = -Infinity;
  let confirmAt = Infinity;

  return {
    isUp: () => isUp,
    isLost: () => wasUp && !isUp,
    epoch: () => epoch,
    epochAt: (time) => (time < openedAt ? epoch - 1 : epoch),
    isVerified: () => isVerified,
    opened: (now) => {
      if (isUp) return false;
      openedAt = now;
      isUp = wasUp = true;
      epoch += 1;
      return true;
    },
    dropped: () => {
      isUp = isVerified = false;
    },
    reachedEnd: (startedAt, now) => {
      const quietUntil = now + quietMs();
      if (!isUp) return quietUntil;
      if (!isVerified) {
        isVerified = true;
        confirmAt = now + confirmProbeMs;
      }
      return startedAt >= confirmAt ? quietUntil : Math.min(confirmAt, quietUntil);
    },
    forget: () => {
      isUp = wasUp = isVerified = false;
    },
  };
};
