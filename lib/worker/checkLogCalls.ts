import { checkKinds, count, type Kind, NAME, OBJECT, required, SIGNAL } from '../fault/checkKinds.js';
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

/** Throws a `TypeError` or `RangeError` for a group, or options, that nobody can read for. */
export const checkDeliveries = (group: unknown, options: object): void => {
  checkKinds({ group, options }, READ);
  checkKinds(options, READING);
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

const NAMED: Readonly<Record<string, Kind>> = { conversationId: required(NAME) };

const READ: Readonly<Record<string, Kind>> = { group: required(NAME), options: required(OBJECT) };
const READING: Readonly<Record<string, Kind>> = { concurrency: required(count(1)), signal: required(SIGNAL) };
