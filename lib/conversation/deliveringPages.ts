import { tap } from 'rxjs';
import { pageFacts } from '../projection/pageFacts.js';
import type { HistoryReader } from '../log/historyReader.js';
import { deliverFacts, type DeliverParts } from './deliverFacts.js';

type ReadMessages = HistoryReader['readMessages'];

/**
 * Makes a reading of pages for timelines, which marks the messages of others in them as delivered.
 *
 * What I have marked of older messages is told by the page as well, and remembered for when those are shown.
 *
 * @see deliverFollowed, which does it for what comes through a log.
 */
export const deliveringPages =
  (parts: DeliverParts) =>
  (readMessages: ReadMessages): ReadMessages =>
  (conversationId, range) =>
    readMessages(conversationId, range).pipe(
      tap((page) => {
        deliverFacts(conversationId, pageFacts(page), parts);
      }),
    );
