import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { ConversationMessageEvent } from '../../../lib/wire/event/conversationMessageEvent.js';
import { conversationMessageSentSample } from '../../../lib/wire/event/conversationMessageSent.js';
import {
  conversationMessageDeliveredSample,
  conversationMessageReadSample,
} from '../../../lib/wire/event/conversationMessageStatus.js';
import type { MessageSentPayload } from '../../../lib/wire/MessageSentPayload.js';
import type { MessageStatusUpdatePayload } from '../../../lib/wire/MessageStatusUpdatePayload.js';
import { obeysCodecContract } from '../codecContract.js';

const entry = { conversationId: 'garden', conversationEventId: 0 };
const sent = { ...entry, name: 'conversationMessage.sent' as const, payload: { messageId: 'm1' } };

describe('ConversationMessageEvent', () => {
  obeysCodecContract(ConversationMessageEvent, {
    good: [
      sent,
      conversationMessageSentSample.payload,
      conversationMessageDeliveredSample.payload,
      conversationMessageReadSample.payload,
    ],
    bad: [[null, ['(root): expected ConversationMessageEvent']]],
  });

  it.each([
    ['a name of another event', { ...sent, name: 'conversationMessage.delete' }],
    ['a negative id', { ...sent, conversationEventId: -1 }],
    ['an id that is no safe integer', { ...sent, conversationEventId: 2 ** 53 }],
    ['an empty conversation id', { ...sent, conversationId: '' }],
    ['a payload of another name', { ...sent, name: 'conversationMessage.read' }],
    ['a part that is no part', { ...sent, payload: { messageId: 'm1', parts: [{ size: '5' }] } }],
  ])('refuses %s', (_what, value) => {
    expect(ConversationMessageEvent.is(value)).toBe(false);
    expect(ConversationMessageEvent.decode(value)).toHaveProperty('_tag', 'Left');
  });

  it('strips what it does not know, on both levels', () => {
    expect(
      ConversationMessageEvent.decode({ ...sent, more: 1, payload: { messageId: 'm1', more: 1 } }),
    ).toHaveProperty('right', sent);
  });

  it('tells the payload by its name', () => {
    expectTypeOf<
      Extract<ConversationMessageEvent, { name: 'conversationMessage.sent' }>['payload']
    >().toEqualTypeOf<MessageSentPayload>();
    expectTypeOf<
      Exclude<ConversationMessageEvent, { name: 'conversationMessage.sent' }>['payload']
    >().toEqualTypeOf<MessageStatusUpdatePayload>();
    expectTypeOf<ConversationMessageEvent['name']>().toEqualTypeOf<
      'conversationMessage.sent' | 'conversationMessage.delivered' | 'conversationMessage.read'
    >();
  });
});
