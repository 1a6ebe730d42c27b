/** Entries of a log as they travel, and what they come to when they are simply read from the first to the last. */

export interface Entry {
  readonly conversationId: string;
  readonly conversationEventId: number;
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>> & { readonly messageId: string };
}

export interface Replayed {
  id: string;
  sentEventId: number;
  sender: string;
  sentOn: string;
  text: string;
  readers: Map<string, string>;
  deleted: boolean;
}

interface Context {
  readonly sentBy: string;
  readonly sentOn: string;
}

/** Shares nothing with the library: one pass, in order, over all of it. */
export const naiveReplay = (log: readonly Entry[]): readonly Replayed[] => {
  const messages: Replayed[] = [];
  for (const { conversationEventId, name, payload } of log) {
    if (name === 'conversationMessage.sent') {
      const { sentBy, sentOn } = payload['context'] as Context; // as `logOf` below makes it
      const [part] = payload['parts'] as readonly { readonly data: string }[]; // the same
      messages.push({
        id: payload.messageId,
        sentEventId: conversationEventId,
        sender: sentBy.slice('session:'.length),
        sentOn,
        text: part?.data ?? '',
        readers: new Map(),
        deleted: false,
      });
      continue;
    }
    const message = messages.find(({ id }) => id === payload.messageId);
    if (message === undefined) throw new Error('A log speaks of no message before it.');
    if (name === 'conversationMessage.delete') {
      message.deleted = true;
    } else {
      const reader = String(payload['profileId']);
      const word = `${name.slice('conversationMessage.'.length)} ${String(payload['timestamp'])}`;
      const before = message.readers.get(reader);
      if (before === undefined || (before.startsWith('delivered') && word.startsWith('read'))) {
        message.readers.set(reader, word);
      }
    }
  }
  return messages;
};

/** One step in the life of a conversation; numbers choose among what there is. */
export interface Step {
  readonly what: 'sent' | 'delivered' | 'read' | 'delete' | 'hole';
  readonly who: number;
  readonly which: number;
}

const PEOPLE = ['ann', 'bob', '__proto__'];
const time = (position: number): string => new Date(Date.UTC(2026, 0, 5) + position * 1_000).toISOString();

/** The log that such a life leaves. */
export const logOf = (steps: readonly Step[]): readonly Entry[] => {
  const log: Entry[] = [];
  const messageIds: string[] = [];
  for (const [conversationEventId, { what, who, which }] of steps.entries()) {
    const profileId = PEOPLE[who % PEOPLE.length] ?? 'ann';
    const entry = { conversationId: 'garden', conversationEventId };
    const messageId = messageIds[which % Math.max(1, messageIds.length)];
    if (what === 'sent') {
      const id = `m${conversationEventId}`;
      messageIds.push(id);
      const context = { sentBy: `session:${profileId}`, sentOn: time(conversationEventId) };
      const payload = { messageId: id, parts: [{ data: `text ${conversationEventId}` }], context };
      log.push({ ...entry, name: 'conversationMessage.sent', payload });
    } else if (what !== 'hole' && messageId !== undefined) {
      const details =
        what === 'delete'
          ? {}
          : { conversationId: 'garden', profileId, timestamp: time(conversationEventId) };
      log.push({ ...entry, name: `conversationMessage.${what}`, payload: { messageId, ...details } });
    }
  }
  return log;
};
