import type { MessagePage } from '../wire/MessagePage.js';
import type { Message } from './Message.js';
import { createMessageStore } from './messageStore.js';
import { pageFacts } from './pageFacts.js';

/**
 * Makes messages of a page of `rest.listMessages`: as they were at its top, oldest first.
 *
 * A message without a position is put between its neighbours by the time at which it was sent. What cannot be read
 * is left out.
 *
 * @example
 * ```ts
 * import { projectPage } from 'comapi-rx';
 *
 * const context = { sentBy: 'session:bob', sentOn: '2026-01-05T09:40:00.000Z' };
 * const item = { id: 'm1', sentEventId: 7, context, parts: [{ data: 'The roses are out.' }] };
 *
 * const [message] = projectPage({ earliestEventId: 0, latestEventId: 9, messages: [item], orphanedEvents: [] });
 *
 * assert.equal(message?.sender, 'bob');
 * assert.equal(message.parts[0]?.data, 'The roses are out.');
 * ```
 */
export const projectPage = (page: MessagePage): readonly Message[] => {
  const store = createMessageStore({ maxWaiting: Infinity });
  for (const fact of pageFacts(page)) store.take(fact);
  return store.within({ from: 0, to: Infinity }).value;
};
