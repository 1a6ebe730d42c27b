import type { SchedulerLike } from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import type { FetchVerdict } from '../history/LogSource.js';

/** How long a conversation may be unknown to the server before that is believed. */
const PATIENCE_MS = 5_000;

/**
 * Creates the judge of failed history requests of one log.
 *
 * A conversation that one has just been added to may be unknown for a moment, so a 404 or a 403 counts only
 * when it lasts; it is asked for once more before the patience is over, however patient the retries have become.
 * If the log had been readable before, that is its end and no error. Everything else may heal, or, where the
 * client has ended, is told by others.
 *
 * @returns `judge` for failures, and `succeeded`, to be called for each page.
 */
export const judgeHistoryError = (
  scheduler: SchedulerLike,
): { readonly judge: (error: unknown) => FetchVerdict; readonly succeeded: () => void } => {
  let existed = false;
  let refusedSince: number | undefined;

  return {
    succeeded: () => {
      existed = true;
      refusedSince = undefined;
    },
    judge: (error) => {
      const { kind, status, retryAfterMs } = faultOf(error);
      // Only an address does not heal: it stays as it was given.
      if (kind === 'invalid-url') return 'stop';
      if (kind === 'not-found' || kind === 'forbidden') {
        refusedSince ??= scheduler.now();
        const patienceLeftMs = refusedSince + PATIENCE_MS - scheduler.now();
        if (patienceLeftMs > 0) return { retryWithinMs: patienceLeftMs };
        if (!existed) return 'stop';
        return { closedBecause: kind === 'not-found' ? 'deleted' : 'removed' };
      }
      refusedSince = undefined;
      if (retryAfterMs !== undefined) return { retryAfterMs };
      // A 400 may have other reasons, but only together with other evidence does it count for anything.
      return status === 416 || status === 400 ? { isOutOfRange: true } : 'retry';
    },
  };
};
