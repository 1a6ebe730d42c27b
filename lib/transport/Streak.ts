import { type Complaint, complaintIn } from './Complaint.js';
import type { Failure } from './Failure.js';

/** The same complaint, this many times in a row. */
export interface Streak {
  readonly complaint?: Complaint;
  readonly length: number;
}

export const noStreak: Streak = { length: 0 };

/**
 * Adds a failure to the streak of complaints before it.
 *
 * A failure in which the server had no say (no network, no token, too slow) leaves the streak as it is: it
 * shows nothing about what the server thinks of us. A stable line ends the streak, any other answer does too.
 *
 * @param isStable Whether the line that failed had been up for long enough to count.
 */
export const countedIn = (streak: Streak, failure: Failure, isStable: boolean): Streak => {
  const complaint = complaintIn(failure);
  if (complaint === undefined) return isStable || isAnswer(failure) ? noStreak : streak;
  return { complaint, length: !isStable && streak.complaint === complaint ? streak.length + 1 : 1 };
};

const isAnswer = ({ kind, status }: Failure): boolean => kind === 'close' || status !== undefined;
