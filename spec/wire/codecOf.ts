import type * as t from 'io-ts';
import { ConversationDeletedEventData } from '../../lib/wire/event/conversationDeleted.js';
import { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';
import { ConversationUndeletedEventData } from '../../lib/wire/event/conversationUndeleted.js';
import { ConversationUpdatedEventData } from '../../lib/wire/event/conversationUpdated.js';
import { ParticipantAddedEventData } from '../../lib/wire/event/participantAdded.js';
import { ParticipantRemovedEventData } from '../../lib/wire/event/participantRemoved.js';
import { ParticipantTypingEventData } from '../../lib/wire/event/participantTyping.js';
import { ParticipantTypingOffEventData } from '../../lib/wire/event/participantTypingOff.js';
import { ProfileUpdatedEvent } from '../../lib/wire/event/profileUpdated.js';
import type { EventMap } from '../../lib/wire/EventMap.js';

/** The exported codec of each event. */
export const codecOf: { readonly [K in keyof EventMap]: t.Type<EventMap[K]> } = {
  conversationDeleted: ConversationDeletedEventData,
  conversationUndeleted: ConversationUndeletedEventData,
  conversationUpdated: ConversationUpdatedEventData,
  participantAdded: ParticipantAddedEventData,
  participantRemoved: ParticipantRemovedEventData,
  participantTyping: ParticipantTypingEventData,
  participantTypingOff: ParticipantTypingOffEventData,
  profileUpdated: ProfileUpdatedEvent,
  conversationMessageEvent: ConversationMessageEvent,
};
