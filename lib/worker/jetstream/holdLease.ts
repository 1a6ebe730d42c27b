import { stopwatch } from './stopwatch.js';

export interface LeaseOptions {
  /** After so many ms without a sign from us the broker gives the event to somebody else. */
  readonly waitMs: number;
  /** Tells the broker that we are at it; resolves once the broker has heard it. */
  readonly renew: (timeoutMs: number) => Promise<void>;
  /** Calls when nothing can be renewed any more; gives back what ends that. */
  readonly onClosed: (listener: () => void) => () => void;
}

/** The right to handle one event, and to say that it is done. */
export interface Lease {
  /** Aborts when it is not ours any more. */
  readonly lost: AbortSignal;
  /** Looks at the clock, too: after a pause no timer has had a chance to say so. */
  readonly isHeld: boolean;
  /** For how many ms it is certainly ours; 0 when it is not. */
  readonly remainingMs: number;
  /** It is settled: the broker waits for nothing more. */
  release(): void;
}

/**
 * Holds a lease for as long as it is neither released nor lost, by renewing it.
 *
 * The broker's patience begins at the latest when it hears from us, thus not before we sent that. So the lease
 * counts from the moment of sending, only what was answered counts, and it ends somewhat before the broker's does.
 */
export const holdLease = ({ waitMs, renew, onClosed }: LeaseOptions): Lease => {
  const heldMs = waitMs * SAFE_SHARE;
  const lost = new AbortController();
  let sinceHeard = stopwatch();
  let isReleased = false;

  const remaining = (): number =>
    isReleased || lost.signal.aborted ? 0 : Math.max(0, heldMs - sinceHeard());
  const look = (): boolean => {
    if (remaining() > 0) return true;
    lose();
    return false;
  };
  const letGo = (): void => {
    clearInterval(timer);
    forget();
  };
  const lose = (): void => {
    if (isReleased || lost.signal.aborted) return;
    letGo();
    lost.abort(new Error('Somebody else may have been given this event.'));
  };
  const beat = (): void => {
    if (!look()) return;
    const sinceSent = stopwatch();
    renew(waitMs / BEATS).then(
      () => {
        if (remaining() > 0) sinceHeard = sinceSent;
      },
      // The next beat tries again, until the time is up.
      () => undefined,
    );
  };
  const timer = setInterval(beat, waitMs / BEATS);
  const forget = onClosed(lose);

  return {
    lost: lost.signal,
    get isHeld() {
      return look();
    },
    get remainingMs() {
      return look() ? remaining() : 0;
    },
    release: () => {
      isReleased = true;
      letGo();
    },
  };
};

const SAFE_SHARE = 0.8;
const BEATS = 5;
