import { checkKinds, type Kind, NAME, required } from '../fault/checkKinds.js';
import { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';

/**
 * Throws a `TypeError` for what cannot be appended to a log. An entry that could not be read again would hide where
 * its conversation ends, for ever.
 */
export const checkAppended = (event: unknown, after: unknown): void => {
  checkKinds({ event, after }, APPENDED);
};

/** Throws a `TypeError` for what names no conversation. */
export const checkConversationId = (conversationId: unknown): void => {
  checkKinds({ conversationId }, NAMED);
};

const APPENDED: Readonly<Record<string, Kind>> = {
  event: required({
    name: 'a message event of a conversation',
    fits: (value) => ConversationMessageEvent.is(value) && value.conversationId !== '',
  }),
  after: required({
    name: "'baseline' or a whole number of at least -1",
    fits: (value) => value === 'baseline' || (Number.isSafeInteger(value) && Number(value) >= -1),
  }),
};

const NAMED: Readonly<Record<string, Kind>> = {
  conversationId: required(NAME),
};
