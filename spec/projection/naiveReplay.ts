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
  parts: readonly unknown[];
  metadata: unknown;
  readers: Map<string, string>;
  deleted: boolean;
}

/** Shares nothing with the library: one pass, in order, over all of it. */
export const naiveReplay = (log: readonly Entry[]): readonly Replayed[] => {
  const messages: Replayed[] = [];
  for (const { conversationEventId, name, payload } of log) {
    if (name === 'conversationMessage.sent') {
      const { context, parts, metadata } = payload as unknown as Said; // as `logOf` below makes it
      messages.push({
        id: payload.messageId,
        sentEventId: conversationEventId,
        sender: context?.from?.id ?? context?.sentBy?.replace('session:', '') ?? '',
        sentOn: context?.sentOn ?? '',
        parts: (parts ?? [])
          .filter((part) => typeof part?.['data'] !== 'number' && part !== null)
          .map(withoutNulls),
        metadata: metadata === null || JSON.stringify(metadata) === '{}' ? undefined : metadata,
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
      const on = payload['timestamp'] as string | null | undefined; // the same
      const word = `${name.slice('conversationMessage.'.length)} ${on ?? 'undefined'}`;
      const before = message.readers.get(reader);
      if (before === undefined || (before.startsWith('delivered') && word.startsWith('read'))) {
        message.readers.set(reader, word);
      }
    }
  }
  return messages;
};

interface Said {
  readonly context?: {
    readonly from?: { readonly id?: string };
    readonly sentBy?: string | null;
    readonly sentOn?: string | null;
  } | null;
  readonly parts?: readonly (Readonly<Record<string, unknown>> | null)[] | null;
  readonly metadata?: unknown;
}

const withoutNulls = (part: Readonly<Record<string, unknown>> | null): unknown =>
  Object.fromEntries(Object.entries(part ?? {}).filter(([, value]) => value !== null));

/** One step in the life of a conversation; numbers choose among what there is. */
export interface Step {
  readonly what: 'sent' | 'delivered' | 'read' | 'delete' | 'hole';
  readonly who: number;
  readonly which: number;
  /** Which of all the ways in which servers write the same. */
  readonly how: number;
}

const PEOPLE = ['ann', 'bob', '__proto__'];
const time = (position: number): string => new Date(Date.UTC(2026, 0, 5) + position * 1_000).toISOString();

/** What a message may say, of somebody, at a time; servers leave out, and write `null` and `{}` for nothing. */
export const ways: readonly ((profileId: string, sentOn: string) => Said)[] = [
  (profileId, sentOn) => ({ context: { sentBy: `session:${profileId}`, sentOn }, parts: [{ data: 'hi' }] }),
  (profileId, sentOn) => ({ context: { from: { id: profileId }, sentBy: 'access:1', sentOn }, metadata: {} }),
  (profileId, sentOn) => ({ context: { from: {}, sentBy: profileId, sentOn }, metadata: null, parts: null }),
  (_, sentOn) => ({ context: { sentBy: null, sentOn }, metadata: { a: {} }, parts: [] }),
  (_, sentOn) => ({
    context: { sentOn },
    metadata: 'text',
    parts: [
      { data: null, more: 1 },
      { type: 'a/b', size: 0 },
    ],
  }),
  () => ({ context: null, metadata: [], parts: [{}] }),
  () => ({ metadata: false }),
  (profileId) => ({ context: { sentBy: `session:${profileId}`, sentOn: null } }),
  // Of these parts two are unusable; in an event they spoil all of it.
  (profileId, sentOn) => ({
    context: { sentBy: profileId, sentOn },
    parts: [{ data: 5 }, { data: 'b' }, null],
  }),
];

/** So many of them, the first ones, tell who and when, or at least when. */
export const DATED_WAYS = 5;

/** The log that such a life leaves. */
export const logOf = (steps: readonly Step[]): readonly Entry[] => {
  const log: Entry[] = [];
  const messageIds: string[] = [];
  for (const [conversationEventId, step] of steps.entries()) {
    const { what, who, which } = step;
    const profileId = PEOPLE[who % PEOPLE.length] ?? 'ann';
    const entry = { conversationId: 'garden', conversationEventId };
    const messageId = messageIds[which % Math.max(1, messageIds.length)];
    if (what === 'sent') {
      const id = `m${conversationEventId}`;
      messageIds.push(id);
      const said = ways[step.how % ways.length]?.(profileId, time(conversationEventId));
      log.push({ ...entry, name: 'conversationMessage.sent', payload: { messageId: id, ...said } });
    } else if (what !== 'hole' && messageId !== undefined) {
      // Of Bob's statuses it is not told when they were.
      const timestamp = profileId === 'bob' ? [null, undefined][step.how % 2] : time(conversationEventId);
      const details = what === 'delete' ? {} : { conversationId: 'garden', profileId, timestamp };
      log.push({ ...entry, name: `conversationMessage.${what}`, payload: { messageId, ...details } });
    }
  }
  return log;
};
