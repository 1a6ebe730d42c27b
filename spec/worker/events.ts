import type { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';

/** An event at a position of a conversation; the text says which, so that mixing up shows. */
export const eventAt = (conversationId: string, conversationEventId: number): ConversationMessageEvent => ({
  name: 'conversationMessage.sent',
  eventId: `event-${conversationEventId}`,
  conversationId,
  conversationEventId,
  payload: {
    messageId: `${conversationId}#${conversationEventId}`,
    metadata: { nested: [{ deep: null }, '✓'] },
    parts: [{ name: 'body', type: 'text/plain', data: `Nr ${conversationEventId}` }],
  },
});
