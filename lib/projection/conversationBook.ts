import type { ListedConversation } from '../rest/ListedConversation.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import { boundedMap } from '../stream/boundedMap.js';
import type { ConversationUpdatedEventData } from '../wire/event/conversationUpdated.js';
import type { MessagePage } from '../wire/MessagePage.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import { bookEntry, type BookEntry, byTime, previewOf, summaryOf } from './bookEntry.js';
import type { ConversationSummary } from './ConversationSummary.js';
import { detailsAfter, detailsRead, leavesOpen } from './detailsRecord.js';
import { doubtfulPages } from './doubtfulPages.js';
import { factOf } from './factOf.js';
import type { ListWish } from './ListWish.js';
import { createMembership } from './membership.js';
import { timeIn } from './timeIn.js';
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

/** Of so many others something is kept, should they be listed yet. */
const MOST_UNLISTED = 100;

/**
 * Creates a book in which nothing is known.
 *
 * It is told what lists, pages and events say, with the time of each, and has no clock and asks for nothing
 * itself. Events that the server dates may come in any order and any number of times; what is heard while a list
 * or a page is under way stays on top of it.
 */
export const conversationBook = ({ me, graceMs, lookMs }: ConversationBookOptions): ConversationBook => {
  const entries = new Map<string, BookEntry>();
  const unlisted = boundedMap<string, BookEntry>(MOST_UNLISTED);
  const membership = createMembership();
  const wanted = wantedPages(lookMs);
  const doubtful = doubtfulPages();
  let isListed = false;
  let order: readonly BookEntry[] | undefined = [];

  const touch = (entry: BookEntry): void => {
    entry.isStale = true;
    order = undefined;
  };

  /** What is known of it, whether it is listed or may be yet. */
  const entryOf = (id: string): BookEntry => {
    const known = entries.get(id) ?? unlisted.get(id);
    if (known !== undefined) return known;
    const entry = bookEntry({ id });
    unlisted.set(id, entry);
    return entry;
  };

  const inOrder = (): readonly BookEntry[] => {
    if (order !== undefined) return order;
    const present = [...entries.values()].filter(({ listed }) => membership.said(listed.id) !== false);
    for (const entry of present) summaryOf(entry, me());
    order = present.sort(byTime);
    return order;
  };

  const hearMembership = (
    { conversationId, timestamp }: { readonly conversationId: string; readonly timestamp?: string },
    word: { readonly says: boolean; readonly heardAt: number },
  ): ListWish => {
    order = undefined;
    const wish = membership.heard(conversationId, { ...word, saidAt: timeIn(timestamp) });
    const entry = entries.get(conversationId);
    // I have come back, and who is away hears nothing.
    if (entry !== undefined && wish !== undefined) entry.pageAskedAt = -Infinity;
    return wish;
  };

  const hearUpdate = (update: ConversationUpdatedEventData, heardAt: number): ListWish => {
    const id = update.conversationId;
    const entry = entryOf(id);
    const isOpen = leavesOpen(entry.details, update);
    entry.details = detailsAfter(entry.details, update, heardAt);
    touch(entry);
    if (!entries.has(id)) return membership.missed(id, heardAt);
    return isOpen ? 'soon' : undefined;
  };

  const hearLogged = (
    id: string,
    event: ConversationMessageEvent | UnknownEvent,
    heardAt: number,
  ): ListWish => {
    const wish = entries.has(id) || !('payload' in event) ? undefined : membership.missed(id, heardAt);
    const fact = factOf(event);
    if (fact === undefined) return wish;
    const entry = entryOf(id);
    const position = event.conversationEventId ?? -1;
    if (fact.kind === 'sent') {
      entry.latestSentEventId = Math.max(entry.latestSentEventId, position);
      entry.isTouched = true;
    }
    // What is read may come by before it was sent, and the page that follows may know of neither.
    previewOf(entry).heard(fact, { position, at: heardAt });
    if (entries.has(id)) doubtful.look(entry);
    touch(entry);
    return wish;
  };

  /** The frame of a delete need not name its conversation: it is known by its message. */
  const conversationWith = (messageId: string | undefined): string | undefined => {
    if (messageId === undefined) return undefined;
    return [...entries.values()].find(({ preview }) => preview?.has(messageId))?.listed.id;
  };

  const hearTyped = (event: ComapiEvent, heardAt: number): ListWish => {
    switch (event.type) {
      case 'participantAdded':
      case 'participantRemoved': {
        const { conversationId, profileId } = event.payload;
        const says = event.type === 'participantAdded';
        if (profileId === me()) return hearMembership(event.payload, { says, heardAt });
        return entries.has(conversationId) ? 'soon' : membership.missed(conversationId, heardAt);
      }
      case 'conversationDeleted':
      case 'conversationUndeleted': {
        const says = event.type === 'conversationUndeleted';
        return hearMembership(event.payload, { says, heardAt });
      }
      case 'conversationUpdated':
        return hearUpdate(event.payload, heardAt);
      case 'conversationMessageEvent':
        return hearLogged(event.payload.conversationId, event.payload, heardAt);
      default:
        return undefined;
    }
  };

  return {
    listed: (list, askedAt) => {
      isListed = true;
      const ids = new Set(list.map(({ id }) => id));
      const wish = membership.listed(ids, askedAt);
      let changed = 0;
      for (const id of entries.keys()) {
        if (!ids.has(id) && membership.said(id) !== true) entries.delete(id);
      }
      for (const item of list) {
        const known = entries.get(item.id);
        const latest = item.latestSentEventId ?? -1;
        const isChanged = known !== undefined && !known.isTouched && latest > known.latestSentEventId;
        if (isChanged) changed += 1;
        const entry = entryOf(item.id);
        entries.set(item.id, entry);
        unlisted.delete(item.id);
        entry.listed = item;
        entry.isAsked = false;
        entry.details = detailsRead(entry.details, item, askedAt - graceMs);
        touch(entry);
        // Those that are too many count as changed in the next list, too.
        if (isChanged && changed > MOST_CHANGED) continue;
        entry.isTouched ||= isChanged;
        entry.latestSentEventId = Math.max(entry.latestSentEventId, latest);
      }
      order = undefined;
      return wish;
    },
    paged: (conversationId, pages, askedAt) => {
      const entry = entries.get(conversationId);
      if (entry === undefined) return false;
      const isDoubtful = previewOf(entry).read(pages, askedAt - graceMs);
      doubtful.look(entry);
      touch(entry);
      return isDoubtful;
    },
    heard: (event, heardAt) => {
      if ('type' in event) return hearTyped(event, heardAt);
      const id = event.conversationId ?? conversationWith(factOf(event)?.messageId);
      return id === undefined ? undefined : hearLogged(id, event, heardAt);
    },
    marked: ({ conversationId, messageIds, status }, heardAt) => {
      const entry = entries.get(conversationId);
      const profileId = me();
      if (entry === undefined || profileId === undefined) return;
      const preview = previewOf(entry);
      for (const messageId of messageIds) {
        preview.heard({ kind: 'status', messageId, profileId, status }, { position: -1, at: heardAt });
      }
      touch(entry);
    },
    outdated: wanted.outdated,
    takeWanted: (now) => (isListed ? wanted.take(inOrder(), now) : []),
    get isInDoubt() {
      return !doubtful.isEmpty;
    },
    takeDoubtful: doubtful.take,
    summaries: () => (isListed ? inOrder().map((entry) => summaryOf(entry, me())) : undefined),
  };
};
