import type { TimestampProvider } from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import type { FetchVerdict } from '../history/LogSource.js';

/** How long a conversation may be unknown to the server before that is believed. */
const PATIENCE_MS = 5_000;

/** How history has answered for a log so far. */
export interface Repute {
  existed: boolean;
  refusedSince: number | undefined;
  /** The highest position that was known then. */
  knownThen: number;
  /** Since when it says that what is asked for is gone. */
  goneSince: number | undefined;
  /** Only what is before it is gone. */
  keptFrom: number | undefined;
}

/** Nothing was asked for yet. */
export const unasked = (): Repute => ({
  existed: false,
  refusedSince: undefined,
  knownThen: -1,
  goneSince: undefined,
  keptFrom: undefined,
});

/** History has answered with a page. */
export const succeeded = (repute: Repute): void => {
  repute.existed = true;
  repute.refusedSince = repute.goneSince = repute.keptFrom = undefined;
};

/** It has been gone for so long that this is believed. */
export const isGoneForGood = ({ goneSince }: Repute, clock: TimestampProvider): boolean =>
  goneSince !== undefined && clock.now() - goneSince >= PATIENCE_MS;

/**
 * Judges a failed history request of a log.
 *
 * A conversation that one has just been added to may be unknown for a moment, so a 404 or a 403 counts only
 * when it lasts; it is asked for once more before the patience is over, however patient the retries have become.
 * While the line brings more of it, it exists, whatever history says. A 410 is a 404, unless only what is before some
 * position is gone.
 * If the log had been readable before, that is its end and no error. Everything else may heal, or, where the
 * client has ended, is told by others.
 */
export const judgedFor = (
  repute: Repute,
  error: unknown,
  { clock, highestKnown }: { readonly clock: TimestampProvider; readonly highestKnown: number },
): FetchVerdict => {
  const { kind, status, retryAfterMs } = faultOf(error);
  const { keptFrom } = repute;
  repute.keptFrom = undefined;
  repute.goneSince = status === 410 ? (repute.goneSince ?? clock.now()) : undefined;
  if (keptFrom !== undefined) return { truncatedBefore: keptFrom };
  // Only an address does not heal: it stays as it was given.
  if (kind === 'invalid-url') return 'stop';
  if (kind === 'not-found' || kind === 'forbidden') {
    if (repute.refusedSince === undefined) {
      repute.knownThen = highestKnown;
      repute.refusedSince = clock.now();
    } else if (highestKnown > repute.knownThen) {
      repute.existed = true;
      repute.knownThen = highestKnown;
      repute.refusedSince = clock.now();
    }
    const patienceLeftMs = repute.refusedSince + PATIENCE_MS - clock.now();
    if (patienceLeftMs > 0) return { retryWithinMs: patienceLeftMs };
    if (!repute.existed) return 'stop';
    return { closedBecause: kind === 'not-found' ? 'deleted' : 'removed' };
  }
  repute.refusedSince = undefined;
  return retryAfterMs === undefined ? 'retry' : { retryAfterMs };
};

/** The same for what is not one of many logs: `judge` for failures, and `succeeded`, to be called for each page. */
export const judgeHistoryError = (
  clock: TimestampProvider,
): { readonly judge: (error: unknown) => FetchVerdict; readonly succeeded: () => void } => {
  const repute = unasked();
  return {
    succeeded: () => {
      succeeded(repute);
    },
    judge: (error) => judgedFor(repute, error, { clock, highestKnown: -1 }),
  };
};
