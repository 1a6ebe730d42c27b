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
 * That the token is refused ends sooner: a server that looks at it after the opening closes within a second.
 *
 * @param isStable Whether the line that failed had been up for long enough to count.
 */
export const countedIn = (streak: Streak, failure: Failure, isStable: boolean): Streak => {
  const complaint = complaintIn(failure);
  const before = failure.uptimeMs < ACCEPTED_AFTER_MS ? streak : spokenIn(streak);
  const earlier = isStable ? noStreak : before;
  if (complaint === undefined) return isAnswer(failure) ? noStreak : earlier;
  return { complaint, length: earlier.complaint === complaint ? earlier.length + 1 : 1 };
};

/** What a line brings shows that the token of this line is accepted, and says nothing of other complaints. */
export const spokenIn = (streak: Streak): Streak => (streak.complaint === 'unauthorized' ? noStreak : streak);

const ACCEPTED_AFTER_MS = 1_000;

const isAnswer = ({ kind, status }: Failure): boolean => kind === 'close' || status !== undefined;
