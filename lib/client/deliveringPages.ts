import { tap } from 'rxjs';
import { pageFacts } from '../projection/pageFacts.js';
import type { MessagePage } from '../wire/MessagePage.js';
import type { AutoDeliverParts } from './autoDeliver.js';
import type { HistoryReader } from './historyReader.js';

type ReadMessages = HistoryReader['readMessages'];

/**
 * Makes a reading of pages for timelines, which marks the messages of others in them as delivered.
 *
 * What I have marked of older messages is told by the page as well, and remembered for when those are shown.
 *
 * @see autoDeliver, which does it for what comes through a log.
 */
export const deliveringPages =
  (parts: AutoDeliverParts) =>
  (readMessages: ReadMessages): ReadMessages =>
  (conversationId, range) =>
    readMessages(conversationId, range).pipe(
      tap((page) => {
        deliver(conversationId, page, parts);
      }),
    );

const deliver = (conversationId: string, page: MessagePage, { marks, me }: AutoDeliverParts): void => {
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
