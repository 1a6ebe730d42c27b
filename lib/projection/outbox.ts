import type { NewMessage, SentMessage } from '../rest/NewMessage.js';
import { messageBody } from '../rest/messageBody.js';
import { contentText } from './contentText.js';
import type { Message } from './Message.js';
import { type KeyFact, positionOf, type SentFact } from './MessageFact.js';
import { isSomething, sentFactOf } from './sentFact.js';

/** What I have sent, from the moment at which I did until it is known to be in the log. */
export interface Outbox {
  /** What is on its way or has failed, in the order in which it was sent. */
  readonly unsent: readonly Message[];
  /** The keys of what was sent lately: a message keeps the one that it was shown with first. */
  readonly keys: readonly KeyFact[];
  begin(message: NewMessage, sender: string | undefined): string;
  /** What a failed one says, now on its way again; `undefined` when there is no such one. */
  retry(key: string): NewMessage | undefined;
  accepted(key: string, sent: SentMessage): void;
  /** The message as which it was seen in the log all the same; else it has failed. */
  failed(key: string): SentMessage | undefined;
  discard(key: string): void;
  /** A message that was seen at the newest end of the log: it may be one of these, before the answer has come. */
  seen(fact: SentFact): void;
  /** The same for what is there with a page of the log, oldest first; asked for where it matters. */
  opened(read: () => readonly SentFact[]): void;
  /** Everything up to this position is known. */
  reached(position: number): void;
}

export interface OutboxParts {
  readonly newKey: () => string;
  /** Told of what is known of a message in the log. */
  readonly know: (fact: KeyFact | SentFact) => void;
  /** Told when `unsent` has changed. */
  readonly changed: () => void;
}

interface Draft {
  readonly key: string;
  readonly message: NewMessage;
  readonly text: string | undefined;
  /** What is shown of it. */
  shown: Message;
  /** Whatever it becomes is above this; undefined where the log was not known when it was sent. */
  after: number | undefined;
  /** The message that says the same and was seen in the log meanwhile. */
  twin: Twin | undefined;
}

/** A message in the log that may be one of ours. */
interface Twin {
  readonly id: string;
  readonly position: number | undefined;
  readonly sender: string | undefined;
  readonly text: string;
}

const KEYS_KEPT = 1_000;

/**
 * Creates an empty outbox.
 *
 * The answer to a send and its echo in the log come in any order, and either of them may be lost. The wire has no
 * room for a mark of ours that other clients would not see, so an echo that comes first is known by what it says: it
 * is mine, it came after I had sent, and it says the same. The answer names the message for certain; where that is
 * another one, the two change places.
 */
export const createOutbox = ({ newKey, know, changed }: OutboxParts): Outbox => {
  const drafts = new Map<string, Draft>();
  const keys = new Map<string, string>();
  let reached: number | undefined;
  let unsent: readonly Message[] = [];

  const renew = (): void => {
    unsent = [...drafts.values()].filter(({ twin }) => twin === undefined).map(({ shown }) => shown);
    changed();
  };

  const name = (messageId: string, key: string): void => {
    keys.delete(messageId);
    // Its own as well, for timelines that are kept without being told.
    keys.set(messageId, key);
    for (const [oldest] of keys) {
      if (keys.size <= KEYS_KEPT) break;
      keys.delete(oldest);
    }
    know({ kind: 'key', messageId, key });
  };

  const setState = (draft: Draft, state: 'sending' | 'failed'): void => {
    draft.shown = { ...draft.shown, state };
  };

  /** Who is shown for this message from now on: one of those that says the same, if there is one that it can be. */
  const pair = (twin: Twin, among: Iterable<Draft>, isNewest: boolean): boolean => {
    const draft = [...among].find((candidate) => canBe(candidate, twin, isNewest));
    if (draft === undefined) return false;
    draft.twin = twin;
    name(twin.id, draft.key);
    // It had failed, as far as the answer told: now it is known better.
    if (draft.shown.state === 'failed') drafts.delete(draft.key);
    renew();
    return true;
  };

  /** What was taken for this draft is another message: perhaps the next one that says the same. */
  const part = (draft: Draft): void => {
    const { twin } = draft;
    if (twin === undefined) return;
    draft.twin = undefined;
    name(twin.id, twin.id);
  };

  const isOurs = (messageId: string): boolean => (keys.get(messageId) ?? messageId) !== messageId;

  /** Whether it is one of these. */
  const seen = (fact: SentFact, among: Iterable<Draft>, isNewest: boolean): boolean => {
    const { messageId: id, place, sender } = fact;
    if (isOurs(id)) return true;
    const text = contentText(fact);
    return text !== undefined && pair({ id, position: positionOf(place), sender, text }, among, isNewest);
  };

  return {
    get unsent() {
      return unsent;
    },
    get keys() {
      return [...keys].map(([messageId, key]): KeyFact => ({ kind: 'key', messageId, key }));
    },
    begin: (message, sender) => {
      const key = newKey();
      const { parts, metadata } = messageBody(message);
      const shown: Message = {
        key,
        id: key,
        ...(sender !== undefined && { sender }),
        parts,
        ...(isSomething(metadata) && { metadata }),
        statusUpdates: {},
        state: 'sending',
      };
      const text = contentText({ parts, metadata });
      drafts.set(key, { key, message, text, shown, after: reached, twin: undefined });
      renew();
      return key;
    },
    retry: (key) => {
      const draft = drafts.get(key);
      if (draft?.shown.state !== 'failed') return undefined;
      draft.after ??= reached;
      setState(draft, 'sending');
      renew();
      return draft.message;
    },
    accepted: (key, sent) => {
      const draft = drafts.get(key);
      if (draft === undefined) return;
      const { twin } = draft;
      drafts.delete(key);
      // Whoever else was taken for this message is on its way still, or is the one that this draft was taken for.
      for (const other of drafts.values()) if (other.twin?.id === sent.id) other.twin = undefined;
      name(sent.id, key);
      const { id, eventId } = sent;
      const named = { ...draft.shown, id, ...(eventId !== undefined && { sentEventId: eventId }) };
      know({ ...sentFactOf(named), isDraft: true });
      // Last, as it may be shown: by now no key belongs to two messages.
      if (twin !== undefined && twin.id !== sent.id) {
        part(draft);
        pair(twin, drafts.values(), false);
      }
      renew();
    },
    failed: (key) => {
      const draft = drafts.get(key);
      if (draft === undefined) return undefined;
      const { twin, after } = draft;
      if (twin !== undefined && after !== undefined) {
        drafts.delete(key);
        return { id: twin.id, ...(twin.position !== undefined && { eventId: twin.position }) };
      }
      // Without knowing where the log ended when it was sent, an older message may have been taken for it.
      part(draft);
      setState(draft, 'failed');
      renew();
      return undefined;
    },
    discard: (key) => {
      if (drafts.get(key)?.shown.state !== 'failed') return;
      drafts.delete(key);
      renew();
    },
    seen: (fact) => {
      if (drafts.size > 0) seen(fact, drafts.values(), true);
    },
    opened: (read) => {
      if (drafts.size === 0) return;
      const facts = read();
      if (reached !== undefined) for (const fact of facts) seen(fact, drafts.values(), false);
      // From the newest back, and the last that was sent first, as far as they say the same.
      else [...facts].reverse().every((fact) => seen(fact, [...drafts.values()].reverse(), true));
    },
    reached: (position) => {
      reached = Math.max(reached ?? -1, position);
      // What it was not up to here, it is later.
      for (const draft of drafts.values()) if (draft.twin === undefined) draft.after ??= reached;
    },
  };
};

const canBe = ({ text, shown, after, twin }: Draft, message: Twin, isNewest: boolean): boolean => {
  if (twin !== undefined || text !== message.text) return false;
  if (shown.sender !== undefined && message.sender !== undefined && shown.sender !== message.sender)
    return false;
  if (after !== undefined) return message.position !== undefined && message.position > after;
  // Where it is not known what is old, only the answer can tell. Until then the newest are shown once, not twice.
  return shown.state === 'sending' && isNewest;
};
