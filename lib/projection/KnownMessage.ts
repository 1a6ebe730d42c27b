import type { Draft } from '../wire/Draft.js';
import type { Message } from './Message.js';
import { type Place, positionOf, type SentFact } from './MessageFact.js';
import type { InPiece } from './messageSequence.js';
import type { MessageStatus } from './MessageStatus.js';
import { sentTime } from './Placed.js';

/** What is known of one message; it can be shown once it is known that it was sent. */
export interface KnownMessage extends InPiece<KnownMessage> {
  readonly id: string;
  key: string | undefined;
  isSent: boolean;
  isDeleted: boolean;
  place: Place | undefined;
  sender: string | undefined;
  sentOn: string | undefined;
  parts: Message['parts'] | undefined;
  metadata: unknown;
  /** Whether all this is my own draft, and the log has not told of it. */
  isDraft: boolean;
  statuses: Map<string, MessageStatus> | undefined;
  /** What is shown of it; undefined when it is to be made anew. */
  shown: Message | undefined;
}

/** What is forgotten of a message that is let go. */
export const nothingSent = (): Omit<KnownMessage, 'id' | 'key' | 'isDeleted' | 'statuses'> => ({
  isSent: false,
  place: undefined,
  at: Infinity,
  sentMs: -Infinity,
  sender: undefined,
  sentOn: undefined,
  parts: undefined,
  metadata: undefined,
  isDraft: true,
  shown: undefined,
  piece: undefined,
});

/** A message of which no more is known than that there is one. */
export const unknownMessage = (id: string): KnownMessage => ({
  id,
  key: undefined,
  isDeleted: false,
  statuses: undefined,
  ...nothingSent(),
});

/** How much room it takes while it waits to be shown. */
export const weight = ({ statuses, isDeleted }: KnownMessage): number =>
  1 + (statuses?.size ?? 0) + Number(isDeleted);

/** What a fact adds to a message; `undefined` when that is nothing. */
export const learnt = (message: KnownMessage, fact: SentFact): Partial<KnownMessage> | undefined => {
  const place = narrower(message.place, fact.place);
  const isDraft = message.isDraft && fact.isDraft === true;
  const [more, less] = message.isDraft && !isDraft ? [fact, message] : [message, fact];
  const sender = more.sender ?? less.sender;
  const sentOn = more.sentOn ?? less.sentOn;
  const parts = more.parts ?? less.parts;
  const metadata = more.metadata ?? less.metadata;
  const isSame =
    message.isSent &&
    sender === message.sender &&
    sentOn === message.sentOn &&
    parts === message.parts &&
    metadata === message.metadata;
  if (isSame && isDraft === message.isDraft && place === message.place) return undefined;
  // Where it stands may be known better, and still not to be shown.
  const isShownAlike = isSame && positionOf(place) === positionOf(message.place);
  return {
    isSent: true,
    place,
    at: place?.at ?? Infinity,
    sentMs: sentTime(sentOn),
    sender,
    sentOn,
    parts,
    metadata,
    isDraft,
    shown: isShownAlike ? message.shown : undefined,
  };
};

/** The place that tells more; of two exact ones the first in the log. */
const narrower = (a: Place | undefined, b: Place | undefined): Place | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  const difference = a.to - a.from - (b.to - b.from) || a.at - b.at;
  return difference <= 0 ? a : b;
};

/** What is shown of it: the same object until something of that changes. */
export const shownOf = (message: KnownMessage): Message => (message.shown ??= made(message));

const made = (message: KnownMessage): Message => {
  const { id, key = id, place, sender, sentOn, parts = NOTHING, metadata, statuses, isDeleted } = message;
  const sentEventId = positionOf(place);
  const shown: Draft<Message> = {
    key,
    id,
    parts,
    statusUpdates: statuses === undefined ? NOBODY : statusUpdates(statuses),
    state: isDeleted ? 'deleted' : 'sent',
  };
  if (sentEventId !== undefined) shown.sentEventId = sentEventId;
  if (sender !== undefined) shown.sender = sender;
  if (sentOn !== undefined) shown.sentOn = sentOn;
  if (metadata !== undefined) shown.metadata = metadata;
  return shown;
};

const NOTHING: Message['parts'] = [];
const NOBODY: Message['statusUpdates'] = {};

/** `Object.fromEntries` makes plain fields of all keys, `__proto__` too. */
const statusUpdates = (statuses: ReadonlyMap<string, MessageStatus>): Message['statusUpdates'] =>
  Object.fromEntries(
    [...statuses].map(([profileId, { status, on }]) => [
      profileId,
      { status, ...(on !== undefined && { on }) },
    ]),
  );
