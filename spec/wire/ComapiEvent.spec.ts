import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { ComapiEvent } from '../../lib/wire/ComapiEvent.js';
import type { ConversationDeletedEventData } from '../../lib/wire/event/conversationDeleted.js';
import type { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';
import type { ConversationUndeletedEventData } from '../../lib/wire/event/conversationUndeleted.js';
import type { ConversationUpdatedEventData } from '../../lib/wire/event/conversationUpdated.js';
import type { ParticipantAddedEventData } from '../../lib/wire/event/participantAdded.js';
import type { ParticipantRemovedEventData } from '../../lib/wire/event/participantRemoved.js';
import type { ParticipantTypingEventData } from '../../lib/wire/event/participantTyping.js';
import type { ParticipantTypingOffEventData } from '../../lib/wire/event/participantTypingOff.js';
import type { ProfileUpdatedEvent } from '../../lib/wire/event/profileUpdated.js';
import type { EventMap } from '../../lib/wire/EventMap.js';
import { samples } from '../../lib/wire/samples.js';

describe('EventMap', () => {
  it('has the payload of each event', () => {
    expectTypeOf<EventMap>().toEqualTypeOf<{
      conversationDeleted: ConversationDeletedEventData;
      conversationUndeleted: ConversationUndeletedEventData;
      conversationUpdated: ConversationUpdatedEventData;
      participantAdded: ParticipantAddedEventData;
      participantRemoved: ParticipantRemovedEventData;
      participantTyping: ParticipantTypingEventData;
      participantTypingOff: ParticipantTypingOffEventData;
      profileUpdated: ProfileUpdatedEvent;
      conversationMessageEvent: ConversationMessageEvent;
    }>();
  });
});

describe('ComapiEvent', () => {
  const roleOf = (event: ComapiEvent): string | undefined =>
    event.type === 'participantAdded' ? event.payload.role : undefined;

  it('tells the payload by its type', () => {
    const { payload } = samples.participantAdded;
    const meta = { wireName: 'conversation.participantAdded', receivedAt: 0 };

    expect(roleOf({ type: 'participantAdded', payload, meta })).toBe('participant');
    // @ts-expect-error a payload goes with its own type only
    expect(roleOf({ type: 'profileUpdated', payload, meta })).toBeUndefined();
  });
});
