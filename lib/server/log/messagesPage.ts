import { withoutFields } from '../faults/withoutFields.js';
import type { Space } from '../Space.js';
import type { Conversation } from '../state/SpaceState.js';
import { isVisible } from './isVisible.js';
import type { LoggedEvent, SentEvent } from './LoggedEvent.js';
import { pageSize } from './pageSize.js';

export interface MessagesQuery {
  /** The highest id that may be in the page. Default: the highest of all. */
  readonly from?: number | undefined;
  /** How many ids the page spans; those of statuses and holes count too. */
  readonly limit: number;
}

/**
 * A page backwards: the messages sent in the highest ids up to `from`, newest first.
 *
 * They are shown as they were at the top of the page. What happened in the page to messages older than it is in
 * `orphanedEvents`, and so is each delete: a message has no field that could tell of it. A log in which nothing can be
 * seen has a page without ids.
 */
export const messagesPage = (
  { faults, now }: Space,
  { log, sentIds, details: { isPublic } }: Conversation,
  { from = Infinity, limit }: MessagesQuery,
): Readonly<Record<string, unknown>> => {
  const seen = log.slice(0, Math.min(from, log.length - 1) + 1).filter(isVisible(now()));
  const newest = seen.at(-1)?.event.conversationEventId;
  if (newest === undefined) return { messages: [], orphanedEvents: [] };

  // With `from`, its id is the top, hole or not: pages then lie against each other without a seam.
  const top = Number.isFinite(from) ? Math.min(from, log.length - 1) : newest;
  const bottom = top + 1 - pageSize(faults, { limit, available: top + 1 });
  const inPage = seen.map(({ event }) => event).filter((event) => event.conversationEventId >= bottom);
  const later = inPage.filter((event) => !isSent(event));
  const isOrphan = (event: LoggedEvent): boolean =>
    isDelete(event) || (sentIds.get(event.payload.messageId) ?? -1) < bottom;

  return {
    latestEventId: top,
    earliestEventId: bottom,
    messages: inPage
      .filter(isSent)
      .reverse()
      .map((event) => withoutFields(message(event, later), faults, ['sentEventId', 'statusUpdates'])),
    orphanedEvents: later.filter(isOrphan).reverse().map(orphan(isPublic)),
  };
};

const isSent = (event: LoggedEvent): event is SentEvent => event.name === 'conversationMessage.sent';
const isDelete = (event: LoggedEvent): boolean => event.name === 'conversationMessage.delete';

const message = (
  { conversationEventId, payload }: SentEvent,
  later: readonly LoggedEvent[],
): Record<string, unknown> => {
  const { messageId: id, ...content } = payload;
  return {
    id,
    sentEventId: conversationEventId,
    metadata: {},
    ...content,
    statusUpdates: statusUpdates(later.filter((event) => event.payload.messageId === id)),
  };
};

/** Read beats delivered, and the first of a kind beats those after it. */
const statusUpdates = (events: readonly LoggedEvent[]): unknown => {
  const updates = new Map<string, { readonly status: string; readonly on: string }>();
  for (const { name, payload } of events) {
    if (!('profileId' in payload)) continue;
    const { profileId, timestamp: on } = payload;
    const status = name === 'conversationMessage.read' ? 'read' : 'delivered';
    const known = updates.get(profileId)?.status;
    if (known === undefined || (known === 'delivered' && status === 'read'))
      updates.set(profileId, { status, on });
  }
  // Object.fromEntries makes plain fields of all keys, `__proto__` too.
  return Object.fromEntries(updates);
};

const orphan =
  (isPublicConversation: boolean) =>
  ({ name, eventId, conversationEventId: id, payload, context }: LoggedEvent): unknown => ({
    id,
    data: {
      name: name.replace('conversationMessage.', ''),
      eventId,
      ...('profileId' in payload
        ? { profileId: payload.profileId, payload: { ...payload, isPublicConversation } }
        : { createdBy: context.createdBy, payload }),
    },
  });
