import { escapeText } from '../fault/escapeText.js';
import { messageContext } from '../projection/messageContext.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { Paint } from './paintFor.js';

/** One event as one line for people. What came from the wire is escaped. */
export const eventLine = (event: ConversationMessageEvent, paint: Paint): string => {
  const id = paint('cyan', String(event.conversationEventId).padStart(5));
  if (event.name !== 'conversationMessage.sent') {
    const { profileId } = event.payload;
    return `${id}  ${paint('dim', `✓ ${event.name.split('.').at(-1) ?? ''} by ${escapeText(profileId)}`)}`;
  }
  const { sender = '' } = messageContext(event.payload.context);
  const text = event.payload.parts?.map(({ data = '' }) => data).join(' ') ?? '';
  return `${id}  ${paint('bold', escapeText(sender).padEnd(5))} ${escapeText(text)}`;
};
