import type { MessagePage } from '../wire/MessagePage.js';
import type { Message } from './Message.js';
import type { MessageFact } from './MessageFact.js';
import { createMessageStore, type MessageStore } from './messageStore.js';
import { countUntold, pageFacts } from './pageFacts.js';

/** The latest messages of a conversation, for one line in a list. */
export interface MessagePreview {
  /** Whether a page was read, so that what is unread can be counted. */
  readonly isRead: boolean;
  /** The highest position that is known. */
  readonly top: number;
  /** Whether something between what was read and what came by since did not come by. */
  readonly hasGap: boolean;
  readonly latestMessage: Message | undefined;
  unreadBy(me: string): number;
  has(messageId: string): boolean;
  /** An entry of the log came by. */
  heard(fact: MessageFact, heard: { readonly position: number; readonly at: number }): void;
  /**
   * The newest pages were read, newest first. What was heard before `since` is in them, as far as they reach and it
   * still counts; so where they lie against what is known, that is added to, and else it begins anew.
   *
   * @returns Whether they bring something new, below which more may have happened that could not be seen yet.
   */
  read(pages: readonly MessagePage[], since: number): boolean;
}

/** More are not counted. */
const MOST_MESSAGES = 1_000;

/** How many facts are kept for a reading that is under way, and for how long, in ms. */
const MOST_RECENT = 512;
const RECENT_MS = 30_000;

const ALL = { from: 0, to: Infinity };

/** A page from a server that numbers in leaps is not looked through for what is missing. */
const WIDEST_PAGE = 1_000;

interface Heard {
  readonly fact: MessageFact;
  readonly position: number;
  readonly at: number;
}

/** Creates a preview of nothing. Facts may come in any order and any number of times. */
export const messagePreview = (): MessagePreview => {
  let store = emptyStore();
  let recent: readonly Heard[] = [];
  let isRead = false;
  let top = -1;
  /** Since when that position is known. */
  let topSince = -Infinity;
  /** Up to here something was read before. */
  let readTo = -1;
  /** Up to here all was read or heard; beyond it, these were heard. */
  let joined = -1;
  const beyond = new Set<number>();

  const take = (fact: MessageFact): void => {
    store.take(fact);
    const tooMany = store.count(ALL) - MOST_MESSAGES;
    if (tooMany > 0) store.forget(ALL, 'oldest', tooMany);
  };

  const isFullOfHoles = (page: MessagePage): boolean => {
    const { earliestEventId = 0, latestEventId = -1 } = page;
    if (latestEventId - earliestEventId > WIDEST_PAGE) return false;
    const heard = new Set(recent.map(({ position }) => position));
    return countUntold(page, readTo + 1, (position) => heard.has(position)) > 0;
  };

  const rise = (position: number, at: number): void => {
    if (position <= top) return;
    top = position;
    topSince = at;
  };

  const join = (): void => {
    while (beyond.delete(joined + 1)) joined += 1;
  };

  return {
    get isRead() {
      return isRead;
    },
    get top() {
      return top;
    },
    get hasGap() {
      return isRead && beyond.size > 0;
    },
    get latestMessage() {
      return store.newest(ALL);
    },
    unreadBy: (me) => store.within(ALL).value.filter((message) => isUnread(message, me)).length,
    has: (messageId) => store.has(messageId, ALL),
    heard: (fact, { position, at }) => {
      recent = [
        ...recent.slice(1 - MOST_RECENT).filter((other) => other.at > at - RECENT_MS),
        { fact, position, at },
      ];
      rise(position, at);
      if (position > joined && beyond.size < MOST_RECENT) beyond.add(position);
      join();
      take(fact);
    },
    read: (pages, since) => {
      const isDoubtful = (isRead || recent.length > 0) && pages.some(isFullOfHoles);
      const to = pages[0]?.latestEventId ?? -1;
      const from = pages.at(-1)?.earliestEventId ?? Infinity;
      // A server that is behind shows less than another one did before, but not for long.
      const isAnotherLog = to < joined && since > topSince + RECENT_MS;
      // Between what was known and what was read something may be missing.
      if (!isRead || from > joined + 1 || isAnotherLog) store = emptyStore();
      isRead = true;
      for (const page of pages) pageFacts(page).forEach(take);
      for (const { fact, position, at } of recent) if (at >= since || position > to) take(fact);
      rise(to, since);
      readTo = Math.max(readTo, to);
      joined = Math.max(joined, readTo);
      for (const position of beyond) if (position <= joined) beyond.delete(position);
      join();
      return isDoubtful;
    },
  };
};

const emptyStore = (): MessageStore => createMessageStore({ maxWaiting: MOST_MESSAGES });

const isUnread = ({ sender, state, statusUpdates }: Message, me: string): boolean =>
  sender !== undefined && sender !== me && state === 'sent' && statusUpdates[me]?.status !== 'read';
