import { catchError, EMPTY, Subscription } from 'rxjs';
import type { SyncStatus } from '../history/SyncStatus.js';
import { factOf } from '../projection/factOf.js';
import { sentFactOf } from '../projection/sentFact.js';
import type { LogEvent } from '../feed/splitEvents.js';
import type { TimelineState } from './keptTimelines.js';
import type { OutboxView } from './outboxes.js';
import { type TailOptions, type TailParts, timelineTail } from './timelineTail.js';
import type { Turns } from './turnsOf.js';

export interface NewestEndOptions extends TailOptions {
  /** Where it goes on; it is read anew after a jump. */
  readonly state: TimelineState;
  readonly outbox: OutboxView;
  readonly turns: Turns;
  /** Told when something may be shown otherwise. */
  readonly changed: () => void;
  /** Told when the newest page has come, the first or one after a jump. */
  readonly begun: () => void;
  /** Told before a jump. */
  readonly leaving: () => void;
}

/** The newest end of a timeline: it follows the log, or returns to the newest page where that is too far away. */
export interface NewestEnd {
  /** How far the log is followed. */
  readonly sync: SyncStatus;
  /** Whether the newest page has come since the last jump. */
  readonly isBegun: boolean;
  /** What is to be gone on with by whoever comes back. */
  readonly state: TimelineState;
  /** Some of what is shown may be on its way as well, until it is known to be the same. */
  findSent(): void;
  follow(): void;
  /** Returns to the newest page, where that was let go. */
  toNewest(): void;
  leave(): void;
}

/** More than so many positions behind, the newest page is read anew, and what lies between when it is asked for. */
const FAR_BEHIND = 2_000;

const UNKNOWN: SyncStatus = { state: 'idle', cursor: -1, highestKnown: -1 };

/**
 * Creates the newest end, which does nothing before it is told to follow.
 *
 *     log:       -a-b-c----------[2,001 behind]-----------d-
 *     followed:  -a-b-c----------(newest page)(log after)-d-
 */
export const newestEnd = (options: NewestEndOptions, parts: TailParts): NewestEnd => {
  const { conversationId, outbox, turns, changed } = options;
  const { window } = options.state;
  let { tail } = options.state;
  let ties = Subscription.EMPTY;
  let sync = UNKNOWN;
  let isBegun = window.isOpen;
  let eventsBehind = 0;

  const findSent = (): void => {
    outbox.opened(() => window.messages.value.map(sentFactOf));
  };

  const take = (event: LogEvent): void => {
    eventsBehind += 1;
    const fact = factOf(event);
    if (fact?.kind === 'sent') outbox.seen(fact);
    if (fact !== undefined) window.take(fact);
  };

  const takeStatus = (status: SyncStatus): void => {
    // A new tail knows nothing yet; what was known stands until it does.
    const { cursor, highestKnown } = sync;
    sync = status.cursor < cursor ? { ...status, cursor, highestKnown } : status;
    if (status.state === 'live') eventsBehind = 0;
    window.follow(status.cursor);
    // The newest page may be here, and be shown, before it is said that it has begun.
    if (isBegun) outbox.reached(status.cursor);
    else findSent();
    changed();
    if (!isBegun || window.hasNewer) return;
    if (status.highestKnown - status.cursor > FAR_BEHIND) jump();
    else if (eventsBehind >= 2 * parts.settings.pageSize) lookAhead();
  };

  /** Where a log has read two pages and is not at its end, it may be far from it. */
  const lookAhead = (): void => {
    eventsBehind = -Infinity;
    const readLatest = parts.readLatest(conversationId).pipe(catchError(() => EMPTY));
    ties.add(
      turns.on(readLatest, (latest = -1) => {
        if (!window.hasNewer && latest - sync.cursor > FAR_BEHIND) jump();
      }),
    );
  };

  const follow = (): void => {
    const before = ties;
    const { events$, late$, status$, begun$ } = tail;
    ties = new Subscription();
    // First the new one, then not the old one any more: the line is wanted all the time.
    ties.add(
      turns.on(late$, (event) => {
        take(event);
        changed();
      }),
    );
    ties.add(turns.on(begun$, begin));
    ties.add(turns.on(status$, takeStatus));
    ties.add(turns.on(events$, take, turns.complete));
    before.unsubscribe();
  };

  const begin = (): void => {
    isBegun = true;
    findSent();
    outbox.reached(window.reached);
    changed();
    options.begun();
  };

  /** What is seen now is kept, until older pages reach it. */
  const jump = (): void => {
    options.leaving();
    eventsBehind = 0;
    isBegun = false;
    tail = timelineTail(window, options, parts);
    follow();
    changed();
  };

  return {
    get sync() {
      return sync;
    },
    get isBegun() {
      return isBegun;
    },
    get state() {
      return { window, tail };
    },
    findSent,
    follow,
    toNewest: () => {
      if (window.hasNewer) jump();
    },
    leave: () => {
      ties.unsubscribe();
    },
  };
};
