import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import { Id } from '../wire/Id.js';
import { isJsonObject } from '../wire/JsonObject.js';
import { pageMessage } from '../wire/PageMessage.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import { messageContext } from './messageContext.js';
import { type MessageFact, placeAt } from './MessageFact.js';
import { sentFact } from './sentFact.js';

/** What an entry of the log says of a message; `undefined` when it says nothing. */
export const factOf = (event: ConversationMessageEvent | UnknownEvent): MessageFact | undefined => {
  if (!('payload' in event)) return untypedFact(event);
  const { conversationEventId: position } = event;
  if (event.name === 'conversationMessage.sent') {
    const { messageId, context, parts, metadata } = event.payload;
    return sentFact({ messageId, place: placeAt(position), ...messageContext(context), parts, metadata });
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

/**
 * A delete has no type here, but it is known by its name, and by the message that it names. So is a message of which
 * something is unusable: a page would show what is left of it.
 */
const untypedFact = ({ wireName, frame, conversationEventId }: UnknownEvent): MessageFact | undefined => {
  const payload = isJsonObject(frame) ? frame['payload'] : undefined;
  if (!isJsonObject(payload)) return undefined;
  const { messageId } = payload;
  if (!Id.is(messageId)) return undefined;
  if (wireName.endsWith('.delete')) return { kind: 'deleted', messageId };
  if (!wireName.endsWith('.sent') || conversationEventId === undefined) return undefined;
  const left = pageMessage({ ...payload, id: messageId });
  return sentFact({
    ...left,
    ...messageContext(left?.context),
    messageId,
    place: placeAt(conversationEventId),
  });
};
