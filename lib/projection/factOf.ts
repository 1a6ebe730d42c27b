import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import { Id } from '../wire/Id.js';
import { isJsonObject } from '../wire/JsonObject.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import { messageContext } from './messageContext.js';
import { type MessageFact, placeAt } from './MessageFact.js';

/** What an entry of the log says of a message; `undefined` when it says nothing. */
export const factOf = (event: ConversationMessageEvent | UnknownEvent): MessageFact | undefined => {
  if (!('payload' in event)) return deletedFact(event);
  const { conversationEventId: position } = event;
  if (event.name === 'conversationMessage.sent') {
    const { messageId, context, parts, metadata } = event.payload;
    return {
      kind: 'sent',
      messageId,
      place: placeAt(position),
      ...messageContext(context),
      ...(parts && { parts }),
      ...(metadata !== undefined && { metadata }),
    };
  }
  const { messageId, profileId, timestamp } = event.payload;
  const status = event.name === 'conversationMessage.read' ? 'read' : 'delivered';
  return {
    kind: 'status',
    messageId,
    profileId,
    status,
    position,
    ...(timestamp !== undefined && { on: timestamp }),
  };
};

/** A delete has no type here, but it is known by its name, and by the message that it names. */
const deletedFact = ({ wireName, frame }: UnknownEvent): MessageFact | undefined => {
  if (!wireName.endsWith('.delete') || !isJsonObject(frame)) return undefined;
  const { payload } = frame;
  const messageId = isJsonObject(payload) ? payload['messageId'] : undefined;
  return Id.is(messageId) ? { kind: 'deleted', messageId } : undefined;
};
