import { present } from '../stream/present.js';
import type { Failure } from './Failure.js';
import type { Streak } from './Streak.js';
import type { Verdict } from './Verdict.js';

/**
 * Decides what to do about a failure when nobody else has an opinion.
 *
 * A line is only given up where the server said the same thing several times: that it does not know us (twice,
 * the second time to a renewed token), that it does not understand us, or that there is nothing here. Every
 * other end is tried again, also a close with 1000: proxies and balancers close with it, and ours is no failure.
 *
 * @param streak How often the server has said this in a row, with this failure.
 */
export const builtInVerdict = (failure: Failure, { complaint, length }: Streak): Verdict => {
  switch (complaint) {
    case 'unauthorized':
      return length < 2 ? { action: 'renew-session' } : { action: 'stop', code: 'unauthorized' };
    case 'protocol':
    case 'refused':
      return length < 3 ? retry(failure.retryAfterMs) : { action: 'stop', code: complaint };
    case 'overloaded':
      return retry(failure.retryAfterMs ?? WITHOUT_A_HINT_MS);
    default:
      return retry(failure.retryAfterMs);
  }
};

const WITHOUT_A_HINT_MS = 5_000;

const retry = (afterMs: number | undefined): Verdict => ({
  action: 'retry',
  ...present({ afterMs }),
});
