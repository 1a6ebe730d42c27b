import { type KnownMessage, nothingSent, shownOf, unknownMessage, weight, learnt } from './KnownMessage.js';
import type { Message } from './Message.js';
import type { MessageFact, Place, SentFact } from './MessageFact.js';
import { messageSequence, type MessagesThen } from './messageSequence.js';
import { type MessageStatus, winner } from './MessageStatus.js';
import type { Range } from './ranges.js';
import { isWithin } from './Placed.js';

/** All that is known of messages, and the messages that this makes. */
export interface MessageStore {
  /** How many can be shown. */
  readonly size: number;
  /** Takes one fact in; whether it changed a message that can be shown. */
  take(fact: MessageFact): boolean;
  /** The messages that were sent in this range, oldest first, as they are now. */
  within(range: Range): MessagesThen;
  newest(range: Range): Message | undefined;
  count(range: Range): number;
  /** Whether this message is in the range. */
  has(messageId: string, range: Range): boolean;
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

/**
 * Creates an empty store: facts in, messages out.
 *
 * Facts may come in any order and any number of times. A message is built anew only when something of it changed,
 * so all others stay the same objects. What happens to a message that is not there waits for it.
 */
export const createMessageStore = ({ maxWaiting = 20_000 }: MessageStoreOptions = {}): MessageStore => {
  const known = new Map<string, KnownMessage>();
  /** Those that cannot be shown yet, the longest waiting first. */
  const waiting = new Set<KnownMessage>();
  let waitingCount = 0;
  const sent = messageSequence(shownOf);

  const trim = (): void => {
    for (const longest of waiting) {
      if (waitingCount <= maxWaiting) return;
      drop(longest);
    }
  };

  const drop = (message: KnownMessage): void => {
    known.delete(message.id);
    if (waiting.delete(message)) waitingCount -= weight(message);
  };

  const letWait = (message: KnownMessage): void => {
    waiting.add(message);
    waitingCount += weight(message);
  };

  const of = (id: string): KnownMessage => {
    const present = known.get(id);
    if (present !== undefined) return present;
    const message = unknownMessage(id);
    known.set(id, message);
    letWait(message);
    return message;
  };

  /** Changes what is not where a message stands: shown ones are built anew, waiting ones weighed anew. */
  const change = (message: KnownMessage, apply: () => void): boolean => {
    if (message.isSent) {
      apply();
      message.shown = undefined;
      sent.changed(message);
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
    const next = learnt(message, fact);
    if (next === undefined) return false;
    if (message.isSent) sent.remove(message);
    else if (waiting.delete(message)) waitingCount -= weight(message);
    Object.assign(message, next);
    sent.insert(message);
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
    get size() {
      return sent.size;
    },
    within: sent.within,
    newest: (range) => {
      const newest = sent.newest(range);
      return newest && shownOf(newest);
    },
    count: sent.count,
    has: (messageId, range) => {
      const message = known.get(messageId);
      return message?.isSent === true && isWithin(range, message);
    },
    forget: (range, end, count) => {
      const forgotten = sent.takeOut(range, end, count);
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
