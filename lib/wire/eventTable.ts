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

const rows = [
  ['conversation.delete', conversationDeleted],
  ['conversation.undelete', conversationUndeleted],
  ['conversation.update', conversationUpdated],
  ['conversation.participantAdded', participantAdded],
  ['conversation.participantRemoved', participantRemoved],
  ['conversation.participantTyping', participantTyping],
  ['conversation.participantTypingOff', participantTypingOff],
  ['profile.update', profileUpdated],
  ['conversationMessage.sent', conversationMessageSent],
  ['conversationMessage.delivered', conversationMessageDelivered],
  ['conversationMessage.read', conversationMessageRead],
] as const;

/** Any event that has a type here. */
export type KnownEvent = (typeof rows)[number][1];

/**
 * Which event travels under which name. A new name is one line above.
 *
 * It is a `Map`: in a plain object the names `constructor` and `__proto__` would be found.
 */
export const eventTable: ReadonlyMap<string, KnownEvent> = new Map<string, KnownEvent>(rows);

/** The public names of the events, each once. */
export const eventTypes: readonly KnownEvent['type'][] = [...new Set(rows.map(([, { type }]) => type))];
