import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import { factOf } from './factOf.js';
import type { Message } from './Message.js';
import { createMessageStore } from './messageStore.js';

/**
 * Makes messages of the events of one conversation: what `timeline()` shows of them, without a client.
 *
 * The events may come in any order, and any number of times. Of statuses, read beats delivered, and the first time
 * of the winning one counts. A deleted message stays, with that state; what happened to a message that is not among
 * the events is left out.
 *
 * @example
 * ```ts
 * import { projectMessages } from 'comapi-rx';
 *
 * const at = { conversationId: 'garden' };
 * const message = { messageId: 'm1', context: { from: { id: 'bob' } }, parts: [{ data: 'The roses are out.' }] };
 * const read = { messageId: 'm1', conversationId: 'garden', profileId: 'ann', timestamp: '2026-01-05T09:42:00Z' };
 *
 * const messages = projectMessages([
 *   { ...at, conversationEventId: 1, name: 'conversationMessage.read', payload: read },
 *   { ...at, conversationEventId: 0, name: 'conversationMessage.sent', payload: message },
 * ]);
 *
 * assert.equal(messages[0]?.sender, 'bob');
 * assert.deepEqual(messages[0]?.statusUpdates, { ann: { status: 'read', on: '2026-01-05T09:42:00Z' } });
 * ```
 *
 * @returns The messages, oldest first.
 */
export const projectMessages = (
  events: Iterable<ConversationMessageEvent | UnknownEvent>,
): readonly Message[] => {
  const store = createMessageStore({ maxWaiting: Infinity });
  for (const event of events) {
    const fact = factOf(event);
    if (fact !== undefined) store.take(fact);
  }
  return store.within({ from: 0, to: Infinity }).value;
};
