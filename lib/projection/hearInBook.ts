import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { ConversationUpdatedEventData } from '../wire/event/conversationUpdated.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { BookEntries } from './bookEntries.js';
import { previewOf } from './bookEntry.js';
import { detailsAfter, leavesOpen } from './detailsRecord.js';
import type { DoubtfulPages } from './doubtfulPages.js';
import { factOf } from './factOf.js';
import type { ListWish } from './ListWish.js';
import type { Membership } from './membership.js';
import { timeIn } from './timeIn.js';

export interface HearInBookParts {
  readonly entries: BookEntries;
  readonly membership: Membership;
  readonly doubtful: DoubtfulPages;
  /** Who I am; undefined while nobody knows. */
  readonly me: () => string | undefined;
}

/** Enters into a book what events say. Says whether the list should be read for what they leave open. */
export const hearInBook = ({
  entries,
  membership,
  doubtful,
  me,
}: HearInBookParts): ((event: ComapiEvent | UnknownEvent, heardAt: number) => ListWish) => {
  const hearMembership = (
    { conversationId, timestamp }: { readonly conversationId: string; readonly timestamp?: string },
    word: { readonly says: boolean; readonly heardAt: number },
  ): ListWish => {
    entries.reorder();
    const wish = membership.heard(conversationId, { ...word, saidAt: timeIn(timestamp) });
    const entry = entries.inList(conversationId);
    // I have come back, and who is away hears nothing.
    if (entry !== undefined && wish !== undefined) entry.pageAskedAt = -Infinity;
    return wish;
  };

  const hearUpdate = (update: ConversationUpdatedEventData, heardAt: number): ListWish => {
    const id = update.conversationId;
    const entry = entries.of(id);
    const isOpen = leavesOpen(entry.details, update);
    entry.details = detailsAfter(entry.details, update, heardAt);
    entries.touch(entry);
    if (!entries.has(id)) return membership.missed(id, heardAt);
    return isOpen ? 'soon' : undefined;
  };

  const hearLogged = (
    id: string,
    event: ConversationMessageEvent | UnknownEvent,
    heardAt: number,
  ): ListWish => {
    const wish = entries.has(id) || !('payload' in event) ? undefined : membership.missed(id, heardAt);
    const fact = factOf(event);
    if (fact === undefined) return wish;
    const entry = entries.of(id);
    const position = event.conversationEventId ?? -1;
    if (fact.kind === 'sent') {
      entry.latestSentEventId = Math.max(entry.latestSentEventId, position);
      entry.isTouched = true;
    }
    // What is read may come by before it was sent, and the page that follows may know of neither.
    previewOf(entry).heard(fact, { position, at: heardAt });
    if (entries.has(id)) doubtful.look(entry);
    entries.touch(entry);
    return wish;
  };

  const hearTyped = (event: ComapiEvent, heardAt: number): ListWish => {
    switch (event.type) {
      case 'participantAdded':
      case 'participantRemoved': {
        const { conversationId, profileId } = event.payload;
        const says = event.type === 'participantAdded';
        if (profileId === me()) return hearMembership(event.payload, { says, heardAt });
        return entries.has(conversationId) ? 'soon' : membership.missed(conversationId, heardAt);
      }
      case 'conversationDeleted':
      case 'conversationUndeleted': {
        const says = event.type === 'conversationUndeleted';
        return hearMembership(event.payload, { says, heardAt });
      }
      case 'conversationUpdated':
        return hearUpdate(event.payload, heardAt);
      case 'conversationMessageEvent':
        return hearLogged(event.payload.conversationId, event.payload, heardAt);
      default:
        return undefined;
    }
  };

  return (event, heardAt) => {
    if ('type' in event) return hearTyped(event, heardAt);
    // The frame of a delete need not name its conversation: it is known by its message.
    const messageId = factOf(event)?.messageId;
    const id =
      event.conversationId ??
      (messageId === undefined ? undefined : entries.withMessage(messageId)?.listed.id);
    return id === undefined ? undefined : hearLogged(id, event, heardAt);
  };
};
