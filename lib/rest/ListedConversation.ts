import { Id } from '../wire/Id.js';
import { isJsonObject } from '../wire/JsonObject.js';
import { Position } from '../wire/Position.js';
import { type ConversationDetails, conversationDetails } from './ConversationDetails.js';

/** A conversation as it stands in a list. */
export interface ListedConversation extends ConversationDetails {
  /** Id of the latest message event. Status events may be newer; absent where the server says nothing. */
  readonly latestSentEventId?: number;
  readonly participantCount?: number;
  /** When the conversation itself, not its messages, was last changed; ISO 8601. */
  readonly updatedOn?: string;
}

/**
 * Reads an item of the list of conversations. A field that makes no sense is left out: no conversation is lost for one
 * of its details.
 *
 * @returns `undefined` for an item without an id.
 */
export const listedConversation = (item: unknown): ListedConversation | undefined => {
  if (!isJsonObject(item)) return undefined;
  const { id, latestSentEventId, participantCount, _updatedOn: updatedOn } = item;
  if (!Id.is(id)) return undefined;
  return {
    ...conversationDetails({ ...item, id }),
    ...(Position.is(latestSentEventId) && { latestSentEventId }),
    ...(typeof participantCount === 'number' && { participantCount }),
    ...(typeof updatedOn === 'string' && { updatedOn }),
  };
};
