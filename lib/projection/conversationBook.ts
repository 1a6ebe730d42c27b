import type { ListedConversation } from '../rest/ListedConversation.js';
import { boundedMap } from '../stream/boundedMap.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { ConversationUpdatedEventData } from '../wire/event/conversationUpdated.js';
import type { MessagePage } from '../wire/MessagePage.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { ConversationSummary } from './ConversationSummary.js';
import {
  detailsAfter,
  detailsIn,
  detailsRead,
  type DetailsRecord,
  leavesOpen,
  NO_DETAILS,
} from './detailsRecord.js';
import { factOf } from './factOf.js';
import { hearing, heardSince, type LatestWords } from './latestWords.js';
import { type MessagePreview, messagePreview } from './messagePreview.js';
import { timeIn } from './timeIn.js';

/** When the list should be read again: something is missing in it, or something of it may have changed. */
export type ListWish = 'now' | 'soon' | undefined;

/** My conversations, as far as lists, pages and events tell. Times are in ms by our own clock. */
export interface ConversationBook {
  /** The list was read: a request that was sent at `askedAt` was answered. */
  listed(list: readonly ListedConversation[], askedAt: number): ListWish;
  /** The newest pages of a conversation were read, newest first. */
  paged(conversationId: string, pages: readonly MessagePage[], askedAt: number): void;
  /** Something happened, and was heard at this time. */
  heard(event: ComapiEvent | UnknownEvent, heardAt: number): ListWish;
  /** The server has taken it that I have got or read these messages. */
  marked(mark: OwnMark, heardAt: number): void;
  /** Pages that were asked for before are worth nothing any more. */
  outdated(before: number): void;
  /** Conversations whose newest page should be read now. Each is named once. */
  takeWanted(now: number): readonly string[];
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
}

/** So many conversations at the top show their latest message. */
const AT_THE_TOP = 20;

/** Reading a page may show that another conversation belongs to the top; it is followed so far for one line. */
const MOST_AT_THE_TOP = 40;

/** A list shows that something was said in others too: of so many the page is read, of the rest after the next list. */
const MOST_CHANGED = 20;

/** A conversation that I was just added to may be missing in a list for so long, and one that is gone be in it. */
const LIST_GRACE_MS = 5_000;

/** For how long a conversation that is not mine is not looked for again. */
const STRANGER_MS = 60_000;

interface Entry {
  listed: ListedConversation;
  details: DetailsRecord;
  latestSentEventId: number;
  preview: MessagePreview | undefined;
  /** When its page was asked for the last time. */
  pageAskedAt: number;
  /** Whether a page was asked for since the list was read. */
  isAsked: boolean;
  isTouched: boolean;
  /** Undefined before it was made for the first time. */
  summary: ConversationSummary | undefined;
  /** Whether the summary may be another by now. */
  isStale: boolean;
  /** What it is sorted by. */
  time: number;
}

/**
 * Creates a book in which nothing is known.
 *
 * It is told what lists, pages and events say, with the time of each, and has no clock and asks for nothing
 * itself. Events that the server dates may come in any order and any number of times; what is heard while a list
 * or a page is under way stays on top of it.
 */
export const conversationBook = ({ me, graceMs }: ConversationBookOptions): ConversationBook => {
  const entries = new Map<string, Entry>();
  const strangers = boundedMap<string, number>(1_000);
  let presence: LatestWords<string, boolean> = new Map();
  let isListed = false;
  let freshSince = -Infinity;
  let topAsked = 0;
  let order: readonly Entry[] | undefined = [];

  const touch = (entry: Entry): void => {
    entry.isStale = true;
    order = undefined;
  };

  const isPresent = (id: string): boolean => presence.get(id)?.says ?? true;

  const enter = (item: ListedConversation): Entry => {
    const known = entries.get(item.id);
    if (known !== undefined) return known;
    const entry: Entry = {
      listed: item,
      details: NO_DETAILS,
      latestSentEventId: -1,
      preview: undefined,
      pageAskedAt: -Infinity,
      isAsked: false,
      isTouched: false,
      summary: undefined,
      isStale: true,
      time: -Infinity,
    };
    entries.set(item.id, entry);
    return entry;
  };

  const summaryOf = (entry: Entry): ConversationSummary => {
    const { summary: before, isStale } = entry;
    if (before !== undefined && !isStale) return before;
    const summary = summarise(entry, me());
    entry.isStale = false;
    // What did not change stays the same object.
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(summary)) return before;
    entry.summary = summary;
    entry.time = timeOf(summary);
    return summary;
  };

  const inOrder = (): readonly Entry[] => {
    if (order !== undefined) return order;
    const present = [...entries.values()].filter(({ listed }) => isPresent(listed.id));
    present.forEach(summaryOf);
    order = present.sort(byTime);
    return order;
  };

  /** Whether I am in it is said by an event. */
  const hearPresence = (
    id: string,
    word: { says: boolean; saidAt: number | undefined; heardAt: number },
  ): ListWish => {
    const before = presence;
    presence = hearing(presence, id, word);
    if (presence === before) return undefined;
    order = undefined;
    return word.says ? 'now' : undefined;
  };

  /** A conversation that is not in the list is looked for in it, but not again and again. */
  const missed = (id: string, heardAt: number): ListWish => {
    if (presence.has(id) || (strangers.get(id) ?? -Infinity) > heardAt - STRANGER_MS) return undefined;
    strangers.set(id, heardAt);
    return 'now';
  };

  const hearUpdate = (update: ConversationUpdatedEventData, heardAt: number): ListWish => {
    const entry = entries.get(update.conversationId);
    if (entry === undefined) return missed(update.conversationId, heardAt);
    const isOpen = leavesOpen(entry.details, update);
    entry.details = detailsAfter(entry.details, update, heardAt);
    touch(entry);
    return isOpen ? 'soon' : undefined;
  };

  const hearLogged = (
    id: string,
    event: ConversationMessageEvent | UnknownEvent,
    heardAt: number,
  ): ListWish => {
    const entry = entries.get(id);
    const fact = factOf(event);
    const position = event.conversationEventId ?? -1;
    if (entry === undefined) return 'payload' in event ? missed(id, heardAt) : undefined;
    if (fact === undefined) return undefined;
    if (fact.kind === 'sent') {
      entry.latestSentEventId = Math.max(entry.latestSentEventId, position);
      entry.preview ??= messagePreview();
      entry.isTouched = true;
    }
    entry.preview?.heard(fact, { position, at: heardAt });
    touch(entry);
    return undefined;
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
        const { conversationId, profileId, timestamp } = event.payload;
        const says = event.type === 'participantAdded';
        if (profileId === me())
          return hearPresence(conversationId, { says, saidAt: timeIn(timestamp), heardAt });
        return entries.has(conversationId) ? 'soon' : missed(conversationId, heardAt);
      }
      case 'conversationDeleted':
      case 'conversationUndeleted': {
        const { conversationId, timestamp } = event.payload;
        const says = event.type === 'conversationUndeleted';
        return hearPresence(conversationId, { says, saidAt: timeIn(timestamp), heardAt });
      }
      case 'conversationUpdated':
        return hearUpdate(event.payload, heardAt);
      case 'conversationMessageEvent':
        return hearLogged(event.payload.conversationId, event.payload, heardAt);
      default:
        return undefined;
    }
  };

  const isWanted = (entry: Entry, isAtTheTop: boolean): boolean => {
    const { preview, pageAskedAt, isAsked, isTouched, latestSentEventId } = entry;
    if (isAtTheTop && pageAskedAt < freshSince) return true;
    if (pageAskedAt === -Infinity) return isAtTheTop || isTouched;
    // The list knows of a message that did not come.
    return !isAsked && preview?.isRead === true && latestSentEventId > preview.top;
  };

  return {
    listed: (list, askedAt) => {
      isListed = true;
      presence = heardSince(presence, askedAt - LIST_GRACE_MS);
      const ids = new Set(list.map(({ id }) => id));
      let changed = 0;
      for (const id of entries.keys()) {
        if (!ids.has(id) && presence.get(id)?.says !== true) entries.delete(id);
      }
      for (const item of list) {
        const known = entries.get(item.id);
        const latest = item.latestSentEventId ?? -1;
        const isChanged = known !== undefined && !known.isTouched && latest > known.latestSentEventId;
        if (isChanged) changed += 1;
        const entry = enter(item);
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
      const isIncomplete = [...presence].some(([id, { says }]) => says && !ids.has(id));
      return isIncomplete ? 'soon' : undefined;
    },
    paged: (conversationId, pages, askedAt) => {
      const entry = entries.get(conversationId);
      if (entry === undefined) return;
      entry.preview ??= messagePreview();
      entry.preview.read(pages, askedAt - graceMs);
      touch(entry);
    },
    heard: (event, heardAt) => {
      if ('type' in event) return hearTyped(event, heardAt);
      const id = event.conversationId ?? conversationWith(factOf(event)?.messageId);
      return id === undefined ? undefined : hearLogged(id, event, heardAt);
    },
    marked: ({ conversationId, messageIds, status }, heardAt) => {
      const entry = entries.get(conversationId);
      const profileId = me();
      if (entry?.preview === undefined || profileId === undefined) return;
      for (const messageId of messageIds) {
        entry.preview.heard({ kind: 'status', messageId, profileId, status }, { position: -1, at: heardAt });
      }
      touch(entry);
    },
    outdated: (before) => {
      freshSince = before;
      topAsked = 0;
    },
    takeWanted: (now) => {
      if (!isListed) return [];
      const wanted = inOrder().filter((entry, index) => {
        const isAtTheTop = index < AT_THE_TOP && topAsked < MOST_AT_THE_TOP;
        if (!isWanted(entry, isAtTheTop)) return false;
        if (isAtTheTop) topAsked += 1;
        entry.pageAskedAt = now;
        // A list may name a message that no page shows yet.
        entry.isAsked = true;
        return true;
      });
      return wanted.map(({ listed }) => listed.id);
    },
    summaries: () => (isListed ? inOrder().map(summaryOf) : undefined),
  };
};

const summarise = (
  { listed, details, latestSentEventId, preview }: Entry,
  me: string | undefined,
): ConversationSummary => {
  const { participantCount, updatedOn, id } = listed;
  const latestMessage = preview?.latestMessage;
  return {
    ...(detailsIn(details) ?? { id }),
    ...(latestSentEventId >= 0 && { latestSentEventId }),
    ...(participantCount !== undefined && { participantCount }),
    ...(updatedOn !== undefined && { updatedOn }),
    ...(latestMessage && { latestMessage }),
    ...(preview?.isRead === true && me !== undefined && { unread: preview.unreadBy(me) }),
  };
};

/** The latest first. Of the same time those whose message is known come first, then by id. */
const byTime = (a: Entry, b: Entry): number =>
  b.time - a.time ||
  Number(a.summary?.latestMessage === undefined) - Number(b.summary?.latestMessage === undefined) ||
  (a.listed.id < b.listed.id ? -1 : 1);

/** A finite number, so that differences of two of them are. */
const timeOf = ({ latestMessage, updatedOn }: ConversationSummary): number =>
  timeIn(latestMessage?.sentOn) ?? timeIn(updatedOn) ?? Number.MIN_SAFE_INTEGER;
