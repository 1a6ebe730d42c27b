import {
  asyncScheduler,
  firstValueFrom,
  fromEvent,
  merge,
  race,
  type SchedulerLike,
  type Subscription,
  tap,
  timer,
} from 'rxjs';
import { clampDelay } from '../stream/backoff.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { Discontinuity } from '../history/Discontinuity.js';
import type { SyncStatus } from '../history/SyncStatus.js';
import type { Conversation } from '../conversation/Conversation.js';
import type { Delivery } from './Delivery.js';
import { DiscontinuityError } from './DiscontinuityError.js';

export interface LaneOptions {
  readonly conversation: Conversation;
  /** The last position that has settled; -1 = from the beginning; `'now'`: what comes from now on. */
  readonly after: number | 'now';
  /** Aborts when the conversation is left: nothing more is handed out. */
  readonly signal: AbortSignal;
  /** Aborts when what was handed out no longer counts. */
  readonly lost: AbortSignal;
  /** Keeps a position: everything up to it has settled. */
  readonly commit: (position: number) => Promise<void>;
  /** Whether to stop at what cannot be had, or to go on after it. */
  readonly judge: (discontinuity: Discontinuity) => 'stop' | 'continue';
  /** The lag has changed. */
  readonly changed: () => void;
  readonly scheduler?: SchedulerLike;
}

type Outcome = 'done' | 'left' | { readonly retryAfterMs: number };

interface Delivered {
  readonly delivery: Delivery;
  /** What has become of it so far. */
  readonly outcome: () => Outcome;
}

/** One conversation, as deliveries. */
export interface Lane {
  /**
   * One delivery at a time: the next event comes only when the one before was acknowledged, and the same event
   * again, after its delay, when it was put back. Ends with the conversation, and when it is left.
   */
  readonly deliveries: AsyncIterable<Delivery>;
  /** How many positions are known to lie ahead. */
  readonly lag: number;
}

/**
 * Opens a lane: history and live events of a conversation, read as fast as they are handled.
 *
 * What a lane is after when it has nothing to hand out is settled as well: ids that do not exist, and, where it
 * was to start now, everything before. So a restart goes on there.
 */
export const openLane = (options: LaneOptions): Lane => {
  const { conversation, after, signal, lost, commit, judge, changed, scheduler = asyncScheduler } = options;
  const iterator = conversation.iterate({ after, signal });
  let cursor = after === 'now' ? -1 : after;
  let highestKnown = cursor;
  let isKept = after !== 'now';
  let isVerified = false;
  let barrier: Discontinuity | undefined;
  let failure: { readonly error: unknown } | undefined;

  const settle = (position: number): Promise<void> => {
    isKept = true;
    cursor = position;
    return commit(position);
  };

  /** Nothing is in hand: all that the log has settled is settled. */
  const rest = (): void => {
    const position = iterator.waitingAfter;
    if (position === undefined || barrier !== undefined || signal.aborted) return;
    // An empty conversation that was to start now has a start, too: -1.
    if (position <= cursor && (isKept || !isVerified)) return;
    // A failing store is heard of by others.
    settle(position).catch(() => undefined);
    changed();
  };

  const watchSides = (): Subscription => {
    const stopsAt = (discontinuity: Discontinuity): void => {
      if (barrier !== undefined || judge(discontinuity) === 'continue') return;
      barrier = discontinuity;
      if (iterator.waitingAfter !== undefined) void iterator.return?.();
    };
    const take = (status: SyncStatus): void => {
      ({ highestKnown } = status);
      isVerified = status.state === 'live';
      changed();
      rest();
    };
    const sides$ = merge(iterator.discontinuities$.pipe(tap(stopsAt)), iterator.status$.pipe(tap(take)));
    // Only what `judge` throws comes here: there is no telling whether to go on.
    return sides$.subscribe({
      error: (error: unknown) => {
        failure = { error };
        void iterator.return?.();
      },
    });
  };

  const next = (): Promise<IteratorResult<ConversationMessageEvent, unknown>> => {
    const pulled = iterator.next();
    if (barrier !== undefined && iterator.waitingAfter !== undefined) void iterator.return?.();
    rest();
    return pulled;
  };

  const deliver = (event: ConversationMessageEvent, attempt: number): Delivered => {
    const { conversationEventId: position } = event;
    let outcome: Outcome = 'left';
    const delivery: Delivery = {
      event,
      key: `${conversation.id}/${position}`,
      attempt,
      lost,
      ack: () => {
        outcome = 'done';
        return settle(position);
      },
      retry: (retryAfterMs) => {
        outcome = { retryAfterMs };
        return Promise.resolve();
      },
    };
    return { delivery, outcome: () => outcome };
  };

  /** The same event until it is acknowledged; `false` when it was left, or the conversation is. */
  async function* attempts(event: ConversationMessageEvent): AsyncGenerator<Delivery, boolean> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const { delivery, outcome } = deliver(event, attempt);
      yield delivery;
      const settled = outcome();
      if (settled === 'done') return true;
      if (settled === 'left') return false;
      await pause(settled.retryAfterMs, { signal, scheduler });
    }
    return false;
  }

  async function* deliveries(): AsyncGenerator<Delivery> {
    const sides = watchSides();
    try {
      for (;;) {
        const { done, value: event } = await next();
        if (done === true) break;
        if (barrier !== undefined && event.conversationEventId >= barrier.from) break;
        if (!(yield* attempts(event))) return;
      }
      if (failure !== undefined) throw failure.error;
      if (barrier !== undefined) throw new DiscontinuityError(conversation.id, barrier);
    } finally {
      sides.unsubscribe();
      await iterator.return?.();
    }
  }

  return {
    deliveries: { [Symbol.asyncIterator]: deliveries },
    get lag() {
      return Math.max(highestKnown - cursor, 0);
    },
  };
};

/** Waits so long, or until the signal aborts. */
const pause = async (
  ms: number,
  { signal, scheduler }: { readonly signal: AbortSignal; readonly scheduler: SchedulerLike },
): Promise<void> => {
  if (signal.aborted) return;
  await firstValueFrom(race(timer(clampDelay(ms), scheduler), fromEvent(signal, 'abort')), {
    defaultValue: undefined,
  });
};
