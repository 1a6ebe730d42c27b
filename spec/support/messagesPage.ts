interface Entry {
  readonly conversationEventId: number;
}

interface Numbered {
  readonly conversationEventId: number;
  readonly name: string;
  readonly eventId?: string;
  readonly payload: Readonly<Record<string, unknown>> & { readonly messageId: string };
}

/**
 * A page of messages as a server makes it of its log: `limit` ids down from `from`, with messages as they were at its
 * top, and apart from them what happened to older ones.
 */
export const messagesPage = (log: readonly Entry[], limit: number, from = Infinity): object => {
  const visible = log.filter(isNumbered).filter(({ conversationEventId }) => conversationEventId <= from);
  const newest = log.at(-1)?.conversationEventId;
  if (newest === undefined || (from !== Infinity && from < 0)) return { messages: [], orphanedEvents: [] };

  const top = Math.min(from, newest);
  const bottom = Math.max(0, top + 1 - limit);
  const inPage = visible.filter(({ conversationEventId }) => conversationEventId >= bottom);
  const sent = inPage.filter(({ name }) => name.endsWith('.sent'));
  const rest = inPage.filter(({ name }) => !name.endsWith('.sent'));
  const isHere = ({ payload }: Numbered): boolean =>
    sent.some((message) => message.payload.messageId === payload.messageId);

  return {
    latestEventId: top,
    earliestEventId: bottom,
    messages: sent
      .filter(
        ({ payload }) =>
          !rest.some((other) => isDelete(other) && other.payload.messageId === payload.messageId),
      )
      .map(({ conversationEventId: sentEventId, payload: { messageId: id, ...content } }) => ({
        id,
        sentEventId,
        metadata: {},
        ...content,
        statusUpdates: statuses(rest.filter(({ payload }) => payload.messageId === id)),
      }))
      .reverse(),
    // Deletes are told always: a page that ends below still shows the message.
    orphanedEvents: rest
      .filter((event) => isDelete(event) || !isHere(event))
      .map(({ conversationEventId: id, name, eventId, payload }) => ({
        id,
        data: {
          name: name.replace('conversationMessage.', ''),
          eventId,
          profileId: payload['profileId'],
          payload,
        },
      }))
      .reverse(),
  };
};

const isNumbered = (entry: Entry): entry is Numbered => 'name' in entry && 'payload' in entry;

const isDelete = ({ name }: Numbered): boolean => name.endsWith('.delete');

const statuses = (events: readonly Numbered[]): object => {
  const updates = new Map<string, { readonly status: string; readonly on: unknown }>();
  for (const { name, payload } of events) {
    const profileId = String(payload['profileId']);
    const status = name.replace('conversationMessage.', '');
    if (isDelete({ name, payload, conversationEventId: 0 })) continue;
    const known = updates.get(profileId)?.status;
    if (known === undefined || (known === 'delivered' && status === 'read')) {
      updates.set(profileId, { status, on: payload['timestamp'] });
    }
  }
  return Object.fromEntries(updates);
};
