import type { ConversationMessageEvent } from '../../wire/event/conversationMessageEvent.js';
import type { Conversation } from '../state/SpaceState.js';

/** The log as a client gets it in the end, in order: the holes and what has no type there are left out. */
export const typedEvents = ({ log }: Conversation): readonly ConversationMessageEvent[] =>
  log.flatMap(({ event }): readonly ConversationMessageEvent[] => {
    if (!event || event.name === 'conversationMessage.delete') return [];
    const { eventId, conversationId, conversationEventId } = event;
    const entry = { eventId, conversationId, conversationEventId };
    // Said twice, or the name of one kind could go with the payload of the other.
    return event.name === 'conversationMessage.sent'
      ? [{ ...entry, name: event.name, payload: event.payload }]
      : [{ ...entry, name: event.name, payload: event.payload }];
  });
