import { isJsonObject } from '../wire/JsonObject.js';

/**
 * Who sent a message, by its context: the profile id in `from.id`, else `sentBy` without its `session:`.
 *
 * Undefined where the context says neither. It never throws.
 */
export const senderOf = (context: unknown): string | undefined => {
  if (!isJsonObject(context)) return undefined;
  const { from, sentBy } = context;
  if (isJsonObject(from) && typeof from['id'] === 'string' && from['id'] !== '') return from['id'];
  return typeof sentBy === 'string' && sentBy !== '' ? sentBy.replace(SESSION, '') : undefined;
};

const SESSION = /^session:/;
