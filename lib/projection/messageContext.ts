import { Id } from '../wire/Id.js';
import { isJsonObject } from '../wire/JsonObject.js';

/** Who sent a message, and when, as far as its context says. */
export interface MessageContext {
  readonly sender?: string;
  readonly sentOn?: string;
}

/** Reads the context of a message: newer servers put `session:` before a profile id in `sentBy`. */
export const messageContext = (context: unknown): MessageContext => {
  if (!isJsonObject(context)) return {};
  const { from, sentBy, sentOn } = context;
  const named = isJsonObject(from) ? from['id'] : undefined;
  const sender = Id.is(named) ? named : typeof sentBy === 'string' ? sentBy.replace(/^session:/, '') : '';
  return { ...(sender !== '' && { sender }), ...(typeof sentOn === 'string' && { sentOn }) };
};
