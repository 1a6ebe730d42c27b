import type { MessagePage } from '../wire/MessagePage.js';
import type { Message } from './Message.js';
import type { MessageFact, Place } from './MessageFact.js';
import type { MessagesThen } from './messageSequence.js';
import { createMessageStore } from './messageStore.js';
import { pageFacts } from './pageFacts.js';
import { type Range, withRange } from './ranges.js';

/** What came of an older page. */
export interface OlderPage {
  /** Whether it reached further back than what was there. */
  readonly isProgress: boolean;
  /** Whether there is more to see now. */
  readonly isSeen: boolean;
}

/** The part of a conversation that a screen holds: an unbroken range of its log, and what is known of it. */
export interface TimelineWindow {
  /** Whether the newest page has come. */
  readonly isOpen: boolean;
  readonly hasOlder: boolean;
  /** Whether messages after the last one were let go. */
  readonly hasNewer: boolean;
  /** The highest position that an older page has to have. */
  readonly olderFrom: number;
  /** Up to here nothing is missing in the newest range; -1 before anything is known. */
  readonly reached: number;
  /** What is seen now, oldest first; the same object until something of it changes. */
  readonly messages: MessagesThen;
  readonly newest: Message | undefined;
  /** Whether this message is seen. */
  has(messageId: string): boolean;
  /** What the log says, and what is known otherwise. */
  take(fact: MessageFact): void;
  /** The log was followed up to this position. What is known of later ones stands beyond a gap. */
  follow(position: number): void;
  /** The newest page, the first or a later one. What was held before stays, to be seen once the two touch. */
  begin(page: MessagePage): void;
  /**
   * The page that was asked for with `olderFrom`, with what else is known of it. Of what it touches, as much is seen
   * as fits into `limit`.
   */
  extend(page: MessagePage, more: readonly MessageFact[], limit: number): OlderPage;
  /** Lets go of the oldest, down to so many. */
  dropOldest(limit: number): void;
  /** Lets go of the newest, down to so many. */
  dropNewest(limit: number): void;
}

/**
 * Creates a window in which nothing is seen yet.
 *
 * Two ranges are kept at most: the one that is seen, and one below it from before a jump. Pages join them.
 */
export const createTimelineWindow = (): TimelineWindow => {
  const store = createMessageStore();
  let ranges: readonly Range[] = [];
  let reached = -1;
  let cached: MessagesThen | undefined;

  const seen = (): Range => ranges.at(-1) ?? NOTHING;

  const see = (next: readonly Range[]): void => {
    ranges = next;
    cached = undefined;
  };

  const narrow = (change: Partial<Range>): void => {
    see([...ranges.slice(0, -1), { ...seen(), ...change }]);
  };

  const takeAll = (facts: readonly MessageFact[]): void => {
    for (const fact of facts) take(fact);
  };

  const take = (fact: MessageFact): void => {
    // Where the newest were let go, what comes is as far away as they are. Returning reads it anew.
    const isBeyond =
      fact.kind === 'sent' && ranges.length > 0 && (fact.place?.at ?? Infinity) > seen().to + 1;
    if (!isBeyond && store.take(fact)) cached = undefined;
  };

  const follow = (position: number): void => {
    reached = Math.max(reached, position);
  };

  const letGo = (end: 'oldest' | 'newest', limit: number): readonly Place[] => {
    // Nearly always there are few, and then nothing need be counted.
    const tooMany = store.size <= limit ? 0 : store.count(seen()) - limit;
    return tooMany > 0 ? store.forget(seen(), end, tooMany) : [];
  };

  const dropOldest = (limit: number): void => {
    const gone = letGo('oldest', limit).map(({ to }) => to + 1);
    if (gone.length > 0) narrow({ from: Math.max(seen().from, ...gone.filter(Number.isFinite)) });
  };

  return {
    get isOpen() {
      return ranges.length > 0;
    },
    get hasOlder() {
      return ranges.length === 0 || seen().from > 0;
    },
    get hasNewer() {
      return ranges.length > 0 && seen().to !== Infinity;
    },
    get olderFrom() {
      return seen().from - 1;
    },
    get reached() {
      return reached;
    },
    get messages() {
      cached ??= store.within(seen());
      return cached;
    },
    get newest() {
      return store.newest(seen());
    },
    has: (messageId) => store.has(messageId, seen()),
    take,
    follow,
    begin: (page) => {
      const facts = pageFacts(page);
      // What was followed so far ends where it was left.
      if (ranges.length > 0) narrow({ to: Math.min(seen().to, reached) });
      const next = withRange(ranges, { from: lowestOf(page, facts) ?? 0, to: Infinity });
      for (const range of next.slice(0, -2)) store.forget(range, 'oldest', Infinity);
      see(next.slice(-2));
      follow(page.latestEventId ?? -1);
      takeAll(facts);
    },
    extend: (page, more, limit) => {
      const facts = [...pageFacts(page), ...more];
      const before = seen();
      // A page without anything, not even ids, is what a server has below the beginning.
      const lowest = lowestOf(page, facts) ?? 0;
      takeAll(facts);
      see(withRange(ranges, { from: lowest, to: before.from - 1 }));
      if (seen().from < lowest) dropOldest(Math.max(limit, store.count({ from: lowest, to: before.to })));
      return {
        isProgress: lowest < before.from,
        isSeen: store.count({ from: seen().from, to: before.from - 1 }) > 0,
      };
    },
    dropOldest,
    dropNewest: (limit) => {
      const gone = letGo('newest', limit).map(({ from }) => from - 1);
      if (gone.length > 0) narrow({ to: Math.min(seen().to, reached, ...gone) });
    },
  };
};

const NOTHING: Range = { from: Infinity, to: -Infinity };

/** Where a page begins; where it does not say, with the lowest of what it has. */
const lowestOf = ({ earliestEventId }: MessagePage, facts: readonly MessageFact[]): number | undefined => {
  if (earliestEventId !== undefined) return earliestEventId;
  const lowest = facts.reduce((low, fact) => Math.min(low, positionIn(fact)), Infinity);
  return lowest === Infinity ? undefined : lowest;
};

const positionIn = (fact: MessageFact): number => {
  if (fact.kind === 'sent') return fact.place?.from ?? Infinity;
  return fact.kind === 'status' ? (fact.position ?? Infinity) : Infinity;
};
