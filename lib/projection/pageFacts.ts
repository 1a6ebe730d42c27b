import { firstIndexWhere } from '../stream/firstIndexWhere.js';
import type { MessagePage } from '../wire/MessagePage.js';
import { type OrphanedEvent, orphanedEvent } from '../wire/OrphanedEvent.js';
import { pageMessage, type PageMessage } from '../wire/PageMessage.js';
import { messageContext, type MessageContext } from './messageContext.js';
import { type MessageFact, type Place, placeAt } from './MessageFact.js';
import { sentFact } from './sentFact.js';

/**
 * What a page of messages says: of its messages, of their statuses, and of what happened to older ones.
 *
 * A message without a position is put between its neighbours of the page by the time at which it was sent. What
 * cannot be read is left out. It never throws.
 */
export const pageFacts = (page: MessagePage): readonly MessageFact[] => {
  const messages = page.messages.flatMap(readMessage);
  const placeOf = placesIn(page, messages);
  return [
    ...messages.flatMap((message) => messageFacts(message, placeOf(message))),
    ...page.orphanedEvents.flatMap((item): readonly MessageFact[] => {
      const orphan = orphanedEvent(item);
      return orphan === undefined ? [] : orphanFacts(orphan);
    }),
  ];
};

/** Whether the page leaves out what the log itself would tell: positions, or how far its readers had come. */
export const isPageIncomplete = ({ messages }: MessagePage): boolean =>
  messages.flatMap(readMessage).some(({ sentEventId, statuses }) => sentEventId === undefined || !statuses);

/**
 * How many positions of a page, from this one on, it says nothing of. They are holes, statuses that were repeated, or
 * what could not be seen yet when the page was read.
 *
 * @param isKnown Whether a position is known otherwise.
 */
export const countUntold = (
  page: MessagePage,
  from: number,
  isKnown: (position: number) => boolean,
): number => {
  const messages = page.messages.flatMap(readMessage);
  const told = new Set([
    ...messages.map(({ sentEventId }) => sentEventId),
    ...page.orphanedEvents.map((item) => orphanedEvent(item)?.position),
  ]);
  const statuses = messages.reduce((sum, message) => sum + (message.statuses?.length ?? 0), 0);
  let untold = 0;
  for (
    let position = Math.max(from, page.earliestEventId ?? Infinity);
    position < (page.latestEventId ?? -1);
    position += 1
  ) {
    if (!told.has(position) && !isKnown(position)) untold += 1;
  }
  return Math.max(0, untold - statuses);
};

type Read = PageMessage & MessageContext;

const readMessage = (item: unknown): readonly Read[] => {
  const message = pageMessage(item);
  return message === undefined ? [] : [{ ...message, ...messageContext(message.context) }];
};

const messageFacts = (
  { id: messageId, statuses = [], ...message }: Read,
  place: Place,
): readonly MessageFact[] => [
  sentFact({ ...message, messageId, place }),
  ...statuses.map((status): MessageFact => ({ kind: 'status', messageId, ...status })),
];

const orphanFacts = (orphan: OrphanedEvent): readonly MessageFact[] => {
  const { name, messageId, profileId, position, timestamp } = orphan;
  if (name === 'delete') return [{ kind: 'deleted', messageId }];
  if (profileId === undefined) return [];
  return [
    {
      kind: 'status',
      messageId,
      profileId,
      status: name,
      ...(position !== undefined && { position }),
      ...(timestamp !== undefined && { on: timestamp }),
    },
  ];
};

/** Before all that is in the page, and after all that is below it. */
const BEFORE = -0.25;
/** After a message of the page, and before the next one. */
const AFTER = 0.5;

const placesIn = (
  { earliestEventId, latestEventId }: MessagePage,
  messages: readonly Read[],
): ((message: Read) => Place) => {
  const known = messages.flatMap(({ sentEventId, sentOn }) =>
    sentEventId === undefined ? [] : [{ sentEventId, sentMs: millis(sentOn) }],
  );
  const ids = known.map(({ sentEventId }) => sentEventId);
  const from = earliestEventId ?? ids.reduce((a, b) => Math.min(a, b), latestEventId ?? ids[0] ?? 0);
  const to = ids.reduce((a, b) => Math.max(a, b), Math.max(from, latestEventId ?? from));

  const byTime = known.filter(({ sentMs }) => !Number.isNaN(sentMs)).sort((a, b) => a.sentMs - b.sentMs);
  let highest = from + BEFORE;
  const highestByTime = byTime.map(({ sentEventId }) => (highest = Math.max(highest, sentEventId + AFTER)));
  const after = (sentMs: number): number =>
    highestByTime[firstIndexWhere(byTime, (other) => other.sentMs > sentMs) - 1] ?? from + BEFORE;

  return ({ sentEventId, sentOn }) => {
    if (sentEventId !== undefined) return placeAt(sentEventId);
    return from === to ? placeAt(from) : { at: after(millis(sentOn)), from, to };
  };
};

/** A time that cannot be read is before all others. */
const millis = (sentOn: string | undefined): number => (sentOn === undefined ? NaN : Date.parse(sentOn));
