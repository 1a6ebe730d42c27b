import { conversationDeleted } from './event/conversationDeleted.js';
import { conversationMessageDelivered, conversationMessageRead } from './event/conversationMessageStatus.js';
import { conversationMessageSent } from './event/conversationMessageSent.js';
import { conversationUndeleted } from './event/conversationUndeleted.js';
import { conversationUpdated } from './event/conversationUpdated.js';
import { participantAdded } from './event/participantAdded.js';
import { participantRemoved } from './event/participantRemoved.js';
import { participantTyping } from './event/participantTyping.js';
import { participantTypingOff } from './event/participantTypingOff.js';
import { profileUpdated } from './event/profileUpdated.js';

/** Which event travels under which name, those that come most often first. A new name is one line. */
export const eventTable = [
  ['conversationMessage.sent', conversationMessageSent],
  ['conversationMessage.delivered', conversationMessageDelivered],
  ['conversationMessage.read', conversationMessageRead],
  ['conversation.participantTyping', participantTyping],
  ['conversation.participantTypingOff', participantTypingOff],
  ['conversation.participantAdded', participantAdded],
  ['conversation.participantRemoved', participantRemoved],
  ['conversation.update', conversationUpdated],
  ['conversation.delete', conversationDeleted],
  ['conversation.undelete', conversationUndeleted],
  ['profile.update', profileUpdated],
] as const;

/** Any event that has a type here. */
export type KnownEvent = (typeof eventTable)[number][1];

/**
 * Finds the event that travels under this name.
 *
 * A `Map` would be slower: it hashes the name, and one that has just come in has no hash yet, while to most of these
 * it is unequal in length. (In a plain object the names `constructor` and `__proto__` would be found.)
 */
export const eventNamed = (name: string): KnownEvent | undefined =>
  eventTable.find((row) => row[0] === name)?.[1];

/** The public names of the events, each once. */
export const eventTypes: readonly KnownEvent['type'][] = [...new Set(eventTable.map(([, { type }]) => type))];
