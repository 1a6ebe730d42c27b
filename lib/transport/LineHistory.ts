import type { AttemptContext } from './AttemptContext.js';
import type { Failure } from './Failure.js';
import { countedIn, noStreak, spokenIn, type Streak } from './Streak.js';

/** What a line remembers from one attempt to the next. */
export interface LineHistory {
  /** The number of the attempt that comes next, or is being made. */
  readonly attempt: number;
  /** How many attempts have failed since the last stable line; its own end is the first. */
  readonly failures: number;
  readonly streak: Streak;
  /** Why the next token is asked for. */
  readonly reason: AttemptContext['reason'];
  /** How the last socket failed. */
  readonly previous?: Failure;
}

export const newLine: LineHistory = { attempt: 1, failures: 0, streak: noStreak, reason: 'first' };

/**
 * Adds a failure.
 *
 * Where there was no token, no socket was tried: the reason to ask for one and the last socket's failure stand.
 *
 * @param isStable Whether the line that failed had been up for long enough: then counting starts anew.
 */
export const withFailure = (history: LineHistory, failure: Failure, isStable: boolean): LineHistory => ({
  ...history,
  attempt: isStable ? 1 : history.attempt + 1,
  failures: isStable ? 1 : history.failures + 1,
  streak: countedIn(history.streak, failure, isStable),
  ...(failure.kind !== 'token' && { reason: 'reconnect', previous: failure }),
});

/** Adds that the line has brought something; nearly always that changes nothing. */
export const withFrame = (history: LineHistory): LineHistory => {
  const streak = spokenIn(history.streak);
  return streak === history.streak ? history : { ...history, streak };
};
