import { pageFacts } from '../projection/pageFacts.js';
import type { MessagePage } from '../wire/MessagePage.js';
import type { AutoDeliverParts } from './autoDeliver.js';

/**
 * Marks the messages of others in a page as delivered, for pages that a timeline shows.
 *
 * What I have marked of older messages is told by the page as well, and remembered for when those are shown.
 *
 * @see autoDeliver, which does it for what comes through a log.
 */
export const deliverPage =
  ({ marks, me }: AutoDeliverParts) =>
  (conversationId: string, page: MessagePage): void => {
    const myself = me();
    if (myself === undefined) return;
    const facts = pageFacts(page);
    for (const fact of facts) {
      if (fact.kind !== 'status' || fact.profileId !== myself) continue;
      marks.remember({ conversationId, messageIds: [fact.messageId], status: fact.status });
    }
    const messageIds = facts.flatMap((fact) =>
      fact.kind === 'sent' && fact.sender !== undefined && fact.sender !== myself ? [fact.messageId] : [],
    );
    if (messageIds.length > 0) marks.markQuietly({ conversationId, messageIds, status: 'delivered' });
  };
