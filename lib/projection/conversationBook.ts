import type { ListedConversation } from '../rest/ListedConversation.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { MessagePage } from '../wire/MessagePage.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import { bookEntries } from './bookEntries.js';
import { previewOf, summaryOf } from './bookEntry.js';
import type { ConversationSummary } from './ConversationSummary.js';
import { detailsRead } from './detailsRecord.js';
import { doubtfulPages } from './doubtfulPages.js';
import { hearInBook } from './hearInBook.js';
import type { ListWish } from './ListWish.js';
import { createMembership } from './membership.js';
import { wantedPages } from './wantedPages.js';

/** My conversations, as far as lists, pages and events tell. Times are in ms by our own clock. */
export interface ConversationBook {
  /** The list was read: a request that was sent at `askedAt` was answered. */
  listed(list: readonly ListedConversation[], askedAt: number): ListWish;
  /**
   * The newest pages of a conversation were read, newest first.
   *
   * @returns Whether they should be read once more, when the server has had time to show all there is.
   */
  paged(conversationId: string, pages: readonly MessagePage[], askedAt: number): boolean;
  /** Something happened, and was heard at this time. */
  heard(event: ComapiEvent | UnknownEvent, heardAt: number): ListWish;
  /** The server has taken it that I have got or read these messages. */
  marked(mark: OwnMark, heardAt: number): void;
  /** Pages that were asked for before are worth nothing any more. */
  outdated(before: number): void;
  /** Conversations whose newest page should be read now. Each is named once. */
  takeWanted(now: number): readonly string[];
  /** Whether the line has brought something before which something else is missing. */
  readonly isInDoubt: boolean;
  /** Conversations in doubt whose newest page should be read again now. */
  takeDoubtful(now: number): readonly string[];
  /** All of them, the latest first; undefined before the first list. */
  summaries(): readonly ConversationSummary[] | undefined;
}

export interface OwnMark {
  readonly conversationId: string;
  readonly messageIds: readonly string[];
  readonly status: 'delivered' | 'read';
}

export interface ConversationBookOptions {
  /** Who I am; undefined while nobody knows. */
  readonly me: () => string | undefined;
  /** How much older than its request a list or a page may be, in ms. */
  readonly graceMs: number;
  /** How often one of the pages that were read is looked at once more, in ms. */
  readonly lookMs: number;
}

/** A list shows that something was said in others too: of so many the page is read, of the rest after the next list. */
const MOST_CHANGED = 20;

/**
 * Creates a book in which nothing is known.
 *
 * It is told what lists, pages and events say, with the time of each, and has no clock and asks for nothing
 * itself. Events that the server dates may come in any order and any number of times; what is heard while a list
 * or a page is under way stays on top of it.
 */
export const conversationBook = ({ me, graceMs, lookMs }: ConversationBookOptions): ConversationBook => {
  const membership = createMembership();
  const entries = bookEntries({ isShown: (id) => membership.said(id) !== false, me });
  const wanted = wantedPages(lookMs);
  const doubtful = doubtfulPages();
  let isListed = false;

  return {
    listed: (list, askedAt) => {
      isListed = true;
      const ids = new Set(list.map(({ id }) => id));
      const wish = membership.listed(ids, askedAt);
      let changed = 0;
      entries.keep((id) => ids.has(id) || membership.said(id) === true);
      for (const item of list) {
        const known = entries.inList(item.id);
        const latest = item.latestSentEventId ?? -1;
        const isChanged = known !== undefined && !known.isTouched && latest > known.latestSentEventId;
        if (isChanged) changed += 1;
        const entry = entries.enter(item);
        entry.isAsked = false;
        entry.details = detailsRead(entry.details, item, askedAt - graceMs);
        entries.touch(entry);
        // Those that are too many count as changed in the next list, too.
        if (isChanged && changed > MOST_CHANGED) continue;
        entry.isTouched ||= isChanged;
        entry.latestSentEventId = Math.max(entry.latestSentEventId, latest);
      }
      return wish;
    },
    paged: (conversationId, pages, askedAt) => {
      const entry = entries.inList(conversationId);
      if (entry === undefined) return false;
      const isDoubtful = previewOf(entry).read(pages, askedAt - graceMs);
      doubtful.look(entry);
      entries.touch(entry);
      return isDoubtful;
    },
    heard: hearInBook({ entries, membership, doubtful, me }),
    marked: ({ conversationId, messageIds, status }, heardAt) => {
      const entry = entries.inList(conversationId);
      const profileId = me();
      if (entry === undefined || profileId === undefined) return;
      const preview = previewOf(entry);
      for (const messageId of messageIds) {
        preview.heard({ kind: 'status', messageId, profileId, status }, { position: -1, at: heardAt });
      }
      entries.touch(entry);
    },
    outdated: wanted.outdated,
    takeWanted: (now) => (isListed ? wanted.take(entries.inOrder(), now) : []),
    get isInDoubt() {
      return !doubtful.isEmpty;
    },
    takeDoubtful: doubtful.take,
    summaries: () => (isListed ? entries.inOrder().map((entry) => summaryOf(entry, me())) : undefined),
  };
};
