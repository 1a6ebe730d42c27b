import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';
import { eventTypes } from '../../lib/wire/eventTable.js';
import { samples } from '../../lib/wire/samples.js';
import { payloadOf } from './decoded.js';

describe('samples', () => {
  it('has one of each event', () => {
    expect(new Set(Object.keys(samples))).toEqual(new Set(eventTypes));
  });

  it.each(eventTypes)('has a frame of %s that decodes to its payload', (type) => {
    expect(payloadOf(samples[type].frame)).toStrictEqual(samples[type].payload);
  });

  it('shows a sent message for message events', () => {
    expect(samples.conversationMessageEvent.payload.name).toBe('conversationMessage.sent');
  });

  it('has the type of each payload', () => {
    expectTypeOf(samples.conversationMessageEvent.payload).toEqualTypeOf<ConversationMessageEvent>();
  });
});
