export interface ProbeTurn {
  /** The present time, in ms. */
  readonly now: number;
  /** How long one conversation alone would be quiet. */
  readonly idleProbeMs: number;
  /** How many conversations take turns. */
  readonly count: number;
  /** Which one it is: those with consecutive numbers have consecutive turns. */
  readonly number: number;
}

/** How many conversations have their turn within `idleProbeMs`. */
const TURNS_AT_ONCE = 4;

/**
 * Tells how long one of many quiet conversations waits until it is its turn to be looked at.
 *
 *     0:      p---------------p-----     p = probe
 *     1:      ---p---------------p--     count: 5
 *     2:      ------p---------------
 *
 * Turns are fixed by the clock, so that nobody has to keep a list of them: whoever asks again, or late, finds
 * the same turns. The wait is at least `idleProbeMs`, and at most one whole round more.
 */
export const untilTurn = ({ now, idleProbeMs, count, number }: ProbeTurn): number => {
  const turnMs = idleProbeMs / TURNS_AT_ONCE;
  const roundMs = count * turnMs;
  const late = (now + idleProbeMs - (number % count) * turnMs) % roundMs;
  return idleProbeMs + ((roundMs - late) % roundMs);
};
