import { ComapiError } from '../../fault/ComapiError.js';
import { clampDelay } from '../../stream/backoff.js';
import type { ConversationMessageEvent } from '../../wire/event/conversationMessageEvent.js';
import type { Delivery } from '../Delivery.js';
import { holdLease, type LeaseOptions } from './holdLease.js';

export interface LeasedDeliveryOptions extends Pick<LeaseOptions, 'waitMs' | 'onClosed'> {
  readonly event: ConversationMessageEvent;
  readonly key: string;
  readonly attempt: number;
  /** Says something about this delivery to the broker; resolves once the broker has heard it. */
  readonly say: (word: string, timeoutMs: number) => Promise<void>;
  /** Waits a little before the broker is spoken to again. */
  readonly pause: () => Promise<void>;
  /** Called once, when it is settled or lost. */
  readonly onOver: () => void;
}

/**
 * A delivery that stays ours while its handler is at work, however long that takes.
 *
 * What settles it is said again and again until the broker answers, and never once the lease is over: an `ack` that
 * comes late would pass over the event while somebody else is at it.
 */
export const leasedDelivery = ({
  event,
  key,
  attempt,
  waitMs,
  onClosed,
  say,
  pause,
  onOver,
}: LeasedDeliveryOptions): Delivery => {
  const lease = holdLease({ waitMs, onClosed, renew: (timeoutMs) => say('+WPI', timeoutMs) });
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    onOver();
  };
  lease.lost.addEventListener('abort', end, { once: true });

  const settle = async (word: string): Promise<void> => {
    while (lease.isHeld) {
      try {
        await say(word, Math.min(lease.remainingMs, waitMs / SAYINGS));
      } catch {
        await pause();
        continue;
      }
      lease.release();
      end();
      return;
    }
    throw new ComapiError({
      kind: 'conflict',
      message: 'This delivery was settled before, or is somebody else’s by now.',
    });
  };

  return {
    event,
    key,
    attempt,
    lost: lease.lost,
    ack: () => settle('+ACK'),
    retry: (afterMs) =>
      settle(`-NAK ${JSON.stringify({ delay: Math.max(1, Math.round(clampDelay(afterMs) * NS_PER_MS)) })}`),
  };
};

const SAYINGS = 5;
const NS_PER_MS = 1_000_000;
