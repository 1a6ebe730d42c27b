import { Id } from './Id.js';
import { isJsonObject, type JsonObject } from './JsonObject.js';

/**
 * Finds the conversation that a frame belongs to.
 *
 * Lifecycle and participant frames have the id at the top, typing and status frames in the payload, sent messages
 * in the payload's context; the first usable one counts. A `conversation.*` frame may also have it as `payload.id`,
 * which is another thing in every other frame.
 *
 * @param name The canonical name of the frame.
 */
export const conversationIdOf = (frame: JsonObject, name: string): string | undefined => {
  if (Id.is(frame['conversationId'])) return frame['conversationId'];

  const payload = frame['payload'];
  if (!isJsonObject(payload)) return undefined;
  if (Id.is(payload['conversationId'])) return payload['conversationId'];

  const context = payload['context'];
  if (isJsonObject(context) && Id.is(context['conversationId'])) return context['conversationId'];

  return name.startsWith('conversation.') && Id.is(payload['id']) ? payload['id'] : undefined;
};
