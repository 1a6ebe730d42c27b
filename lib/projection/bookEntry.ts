import type { ListedConversation } from '../rest/ListedConversation.js';
import type { ConversationSummary } from './ConversationSummary.js';
import { detailsIn, type DetailsRecord, NO_DETAILS } from './detailsRecord.js';
import { messagePreview, type MessagePreview } from './messagePreview.js';
import { saysTheSame } from './saysTheSame.js';
import { timeIn } from './timeIn.js';

/** What is known of one of my conversations. */
export interface BookEntry {
  listed: ListedConversation;
  details: DetailsRecord;
  latestSentEventId: number;
  /** Undefined before anything was heard or read of its messages. */
  preview: MessagePreview | undefined;
  /** When its page was asked for the last time. */
  pageAskedAt: number;
  /** Whether a page was asked for since the list was read. */
  isAsked: boolean;
  /** Whether something was said in it since it was first listed. */
  isTouched: boolean;
  /** Undefined before it was made for the first time. */
  summary: ConversationSummary | undefined;
  /** Whether the summary may be another by now. */
  isStale: boolean;
  /** What it is sorted by. */
  time: number;
}

/** A conversation of which nothing is known but how it was listed. */
export const bookEntry = (listed: ListedConversation): BookEntry => ({
  listed,
  details: NO_DETAILS,
  latestSentEventId: -1,
  preview: undefined,
  pageAskedAt: -Infinity,
  isAsked: false,
  isTouched: false,
  summary: undefined,
  isStale: true,
  time: -Infinity,
});

/** The latest messages of a conversation, of which from now on everything is kept. */
export const previewOf = (entry: BookEntry): MessagePreview => (entry.preview ??= messagePreview());

/**
 * The summary of a conversation: the same object until something of it changes.
 *
 * @param me Who I am; undefined while nobody knows.
 */
export const summaryOf = (entry: BookEntry, me: string | undefined): ConversationSummary => {
  const { summary: before, isStale } = entry;
  if (before !== undefined && !isStale) return before;
  const summary = summarise(entry, me);
  entry.isStale = false;
  if (before !== undefined && saysTheSame(before, summary)) return before;
  entry.summary = summary;
  entry.time = timeOf(summary);
  return summary;
};

const summarise = (
  { listed, details, latestSentEventId, preview }: BookEntry,
  me: string | undefined,
): ConversationSummary => {
  const latestMessage = preview?.latestMessage;
  return {
    ...listed,
    ...detailsIn(details),
    ...(latestSentEventId >= 0 && { latestSentEventId }),
    ...(latestMessage && { latestMessage }),
    ...(preview?.isRead === true && me !== undefined && { unread: preview.unreadBy(me) }),
  };
};

/** A finite number, so that differences of two of them are. */
const timeOf = ({ latestMessage, updatedOn }: ConversationSummary): number =>
  timeIn(latestMessage?.sentOn) ?? timeIn(updatedOn) ?? Number.MIN_SAFE_INTEGER;

/** The latest first. Of the same time those whose message is known come first, then by id. */
export const byTime = (a: BookEntry, b: BookEntry): number =>
  b.time - a.time ||
  Number(a.summary?.latestMessage === undefined) - Number(b.summary?.latestMessage === undefined) ||
  (a.listed.id < b.listed.id ? -1 : 1);
