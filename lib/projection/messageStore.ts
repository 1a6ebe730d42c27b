import { firstIndexWhere } from '../stream/firstIndexWhere.js';
import type { Draft } from '../wire/Draft.js';
import type { Message } from './Message.js';
import { type MessageFact, type Place, positionOf, type SentFact } from './MessageFact.js';
import { type MessageStatus, winner } from './MessageStatus.js';
import type { Range } from './ranges.js';
import { byPlace, type Placed, sentTime } from './Placed.js';

/** All that is known of messages, and the messages that this makes. */
export interface MessageStore {
  /** Takes one fact in; whether it changed a message that can be shown. */
  take(fact: MessageFact): boolean;
  /** The messages that were sent in this range, oldest first. */
  within(range: Range): readonly Message[];
  count(range: Range): number;
  /** Lets go of so many messages at one end of a range, but not of what happened to them. Says where they were. */
  forget(range: Range, end: 'oldest' | 'newest', count: number): readonly Place[];
}

export interface MessageStoreOptions {
  /**
   * How many statuses and deletes may wait for messages that are not loaded. Those of the message that has waited
   * longest are forgotten first. Default: 20,000.
   */
  readonly maxWaiting?: number;
}

/** What is known of one message; it can be shown once it is known that it was sent. */
interface Known extends Placed {
  readonly id: string;
  key: string | undefined;
  /** Where it stood in the list when that was last looked up: mostly it still does. */
  index: number;
  isSent: boolean;
  isDeleted: boolean;
  place: Place | undefined;
  sender: string | undefined;
  sentOn: string | undefined;
  parts: Message['parts'] | undefined;
  metadata: unknown;
  statuses: Map<string, MessageStatus> | undefined;
}

/** Before everything in it, and after all that is below: where a message stands whose position is not known. */
const EDGE = 0.25;

/**
 * Creates an empty store: facts in, messages out.
 *
 * Facts may come in any order and any number of times. A message is built anew only when something of it changed,
 * so all others stay the same objects. What happens to a message that is not there waits for it.
 */
export const createMessageStore = ({ maxWaiting = 20_000 }: MessageStoreOptions = {}): MessageStore => {
  const known = new Map<string, Known>();
  /** Those that cannot be shown yet, the longest waiting first. */
  const waiting = new Set<Known>();
  let waitingCount = 0;
  // Two lists of one order: slicing a list of what is shown is all that showing it costs.
  const sent: Known[] = [];
  const messages: Message[] = [];

  const indexOf = (message: Known): number => {
    if (sent[message.index] !== message) {
      message.index = firstIndexWhere(sent, (other) => byPlace(other, message) >= 0);
    }
    return message.index;
  };

  const show = (message: Known, shown: Message): void => {
    const index = indexOf(message);
    sent.splice(index, 0, message);
    messages.splice(index, 0, shown);
  };

  const hide = (message: Known): Message | undefined => {
    const index = indexOf(message);
    sent.splice(index, 1);
    return messages.splice(index, 1)[0];
  };

  const showAnew = (message: Known): void => {
    messages[indexOf(message)] = messageOf(message);
  };

  const trim = (): void => {
    for (const longest of waiting) {
      if (waitingCount <= maxWaiting) return;
      drop(longest);
    }
  };

  const drop = (message: Known): void => {
    known.delete(message.id);
    if (waiting.delete(message)) waitingCount -= weight(message);
  };

  const letWait = (message: Known): void => {
    waiting.add(message);
    waitingCount += weight(message);
  };

  const of = (id: string): Known => {
    const present = known.get(id);
    if (present !== undefined) return present;
    const message = unknownMessage(id);
    known.set(id, message);
    letWait(message);
    return message;
  };

  /** Changes what is not where a message stands: shown ones are built anew, waiting ones weighed anew. */
  const change = (message: Known, apply: () => void): boolean => {
    if (message.isSent) {
      apply();
      showAnew(message);
      return true;
    }
    waitingCount -= weight(message);
    apply();
    waitingCount += weight(message);
    trim();
    return false;
  };

  const takeSent = (fact: SentFact): boolean => {
    const message = of(fact.messageId);
    const next = merged(message, fact);
    if (next === undefined) return false;
    const before = message.isSent ? hide(message) : undefined;
    if (waiting.delete(message)) waitingCount -= weight(message);
    Object.assign(message, next);
    const after = messageOf(message);
    show(message, before !== undefined && isSameSending(before, after) ? before : after);
    return true;
  };

  const takeStatus = (messageId: string, profileId: string, status: MessageStatus): boolean => {
    const message = of(messageId);
    const before = message.statuses?.get(profileId);
    const after = before === undefined ? status : winner(before, status);
    if (after === before) return false;
    // From elsewhere in the log, but what is shown stays the same.
    if (before?.status === after.status && before.on === after.on) {
      message.statuses?.set(profileId, after);
      return false;
    }
    return change(message, () => {
      message.statuses ??= new Map();
      message.statuses.set(profileId, after);
    });
  };

  /** The indexes of a range: the first one in it, and the first one behind it. */
  const span = ({ from, to }: Range): readonly [number, number] => [
    firstIndexWhere(sent, ({ at }) => at >= from - EDGE),
    to === Infinity ? sent.length : firstIndexWhere(sent, ({ at }) => at >= to + 1 - EDGE),
  ];

  return {
    take: (fact) => {
      switch (fact.kind) {
        case 'sent':
          return takeSent(fact);
        case 'status': {
          const { messageId, profileId, status, on, position } = fact;
          return takeStatus(messageId, profileId, {
            status,
            ...(on !== undefined && { on }),
            ...(position !== undefined && { position }),
          });
        }
        case 'deleted': {
          const message = of(fact.messageId);
          return !message.isDeleted && change(message, () => (message.isDeleted = true));
        }
        case 'key': {
          const message = of(fact.messageId);
          return message.key !== fact.key && change(message, () => (message.key = fact.key));
        }
      }
    },
    within: (range) => messages.slice(...span(range)),
    count: (range) => {
      const [first, end] = span(range);
      return Math.max(0, end - first);
    },
    forget: (range, end, count) => {
      const [first, behind] = span(range);
      const start = end === 'oldest' ? first : Math.max(first, behind - count);
      const forgotten = sent.splice(start, Math.min(count, behind - first));
      messages.splice(start, forgotten.length);
      const places = forgotten.map(({ place, at }) => place ?? { at, from: at, to: at });
      for (const message of forgotten) {
        Object.assign(message, nothingSent());
        if (weight(message) > 1 || message.key !== undefined) letWait(message);
        else known.delete(message.id);
      }
      trim();
      return places;
    },
  };
};

const nothingSent = (): Omit<Known, 'id' | 'key' | 'index' | 'isDeleted' | 'statuses'> => ({
  isSent: false,
  place: undefined,
  at: Infinity,
  sentMs: -Infinity,
  sender: undefined,
  sentOn: undefined,
  parts: undefined,
  metadata: undefined,
});

const unknownMessage = (id: string): Known => ({
  id,
  key: undefined,
  index: -1,
  isDeleted: false,
  statuses: undefined,
  ...nothingSent(),
});

/** How much room it takes while it waits. */
const weight = ({ statuses, isDeleted }: Known): number => 1 + (statuses?.size ?? 0) + Number(isDeleted);

/** What a fact adds to a message; `undefined` when that is nothing. */
const merged = (message: Known, fact: SentFact): Partial<Known> | undefined => {
  const place = narrower(message.place, fact.place);
  const sender = message.sender ?? fact.sender;
  const sentOn = message.sentOn ?? fact.sentOn;
  const parts = message.parts ?? fact.parts;
  const metadata = message.metadata ?? fact.metadata;
  const isSame =
    message.isSent &&
    place === message.place &&
    sender === message.sender &&
    sentOn === message.sentOn &&
    parts === message.parts &&
    metadata === message.metadata;
  if (isSame) return undefined;
  return {
    isSent: true,
    place,
    at: place?.at ?? Infinity,
    sentMs: sentTime(sentOn),
    sender,
    sentOn,
    parts,
    metadata,
  };
};

/** The place that tells more; of two exact ones the first in the log. */
const narrower = (a: Place | undefined, b: Place | undefined): Place | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  const difference = a.to - a.from - (b.to - b.from) || a.at - b.at;
  return difference <= 0 ? a : b;
};

const messageOf = (message: Known): Message => {
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

/** Whether two of one message tell the same of its sending: where it stands may be known better all the same. */
const isSameSending = (a: Message, b: Message): boolean =>
  a.sentEventId === b.sentEventId &&
  a.sender === b.sender &&
  a.sentOn === b.sentOn &&
  a.parts === b.parts &&
  a.metadata === b.metadata;

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
