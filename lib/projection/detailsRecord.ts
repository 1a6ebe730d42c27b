import type { ConversationDetails } from '../rest/ConversationDetails.js';
import type { ConversationUpdatedEventData } from '../wire/event/conversationUpdated.js';
import { hearing, heardSince, type LatestWords } from './latestWords.js';
import { saysTheSame } from './saysTheSame.js';
import { timeIn } from './timeIn.js';

const FIELDS = ['name', 'description', 'roles', 'isPublic'] as const;
type Field = (typeof FIELDS)[number];

/** What a conversation is called and allows: details that were read, and what events have said since. */
export interface DetailsRecord {
  /** Undefined before the first reading. */
  readonly read: ConversationDetails | undefined;
  readonly words: LatestWords<Field, Partial<ConversationDetails>>;
}

export const NO_DETAILS: DetailsRecord = { read: undefined, words: new Map() };

/**
 * The details were read anew. Events from `since` on stay on top of them; the reading may be older than they are.
 *
 * @param since In ms by our own clock.
 */
export const detailsRead = (
  { words }: DetailsRecord,
  read: ConversationDetails,
  since: number,
): DetailsRecord => ({ read, words: heardSince(words, since) });

/**
 * Something was changed. Each field has its own latest word, so repeated and swapped events do no harm.
 *
 * A field that the event leaves out stays as it is, but only until the next reading: it may be unchanged, and it
 * may be gone.
 *
 * @param heardAt In ms by our own clock.
 */
export const detailsAfter = (
  record: DetailsRecord,
  update: ConversationUpdatedEventData,
  heardAt: number,
): DetailsRecord => {
  const saidAt = timeIn(update.timestamp);
  let { words } = record;
  for (const field of FIELDS) {
    const isSaid = update[field] !== undefined;
    const says = isSaid ? { [field]: update[field] } : (words.get(field)?.says ?? {});
    words = hearing(words, field, { says, saidAt, heardAt: isSaid ? heardAt : -Infinity });
  }
  return { ...record, words };
};

/** Whether an update leaves out something that is known: then it takes a reading to learn what has become of it. */
export const leavesOpen = (record: DetailsRecord, update: ConversationUpdatedEventData): boolean => {
  const known = detailsIn(record);
  return FIELDS.some((field) => known?.[field] !== undefined && update[field] === undefined);
};

/** The details as they are now; undefined before the first reading. */
export const detailsIn = ({ read, words }: DetailsRecord): ConversationDetails | undefined =>
  read && [...words.values()].reduce((details, { says }) => ({ ...details, ...says }), read);

/** Whether two of them say the same. */
export const isSameDetails = (a: ConversationDetails, b: ConversationDetails): boolean =>
  a.id === b.id && FIELDS.every((field) => saysTheSame(a[field], b[field]));
