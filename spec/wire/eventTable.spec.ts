import { describe, expect, it } from '@jest/globals';
import { eventTable, eventTypes } from '../../lib/wire/eventTable.js';
import { decoded, noon } from './decoded.js';

describe('eventTable', () => {
  it('has the events under the names by which they travel', () => {
    expect([...eventTable].map(([name, { type }]) => [name, type])).toEqual([
      ['conversation.delete', 'conversationDeleted'],
      ['conversation.undelete', 'conversationUndeleted'],
      ['conversation.update', 'conversationUpdated'],
      ['conversation.participantAdded', 'participantAdded'],
      ['conversation.participantRemoved', 'participantRemoved'],
      ['conversation.participantTyping', 'participantTyping'],
      ['conversation.participantTypingOff', 'participantTypingOff'],
      ['profile.update', 'profileUpdated'],
      ['conversationMessage.sent', 'conversationMessageEvent'],
      ['conversationMessage.delivered', 'conversationMessageEvent'],
      ['conversationMessage.read', 'conversationMessageEvent'],
    ]);
  });

  it('says each public name once', () => {
    expect(eventTypes).toHaveLength(9);
    expect(new Set(eventTypes).size).toBe(9);
  });

  it.each([...eventTable])('decodes the sample of %s to its payload', (name, { type, sample }) => {
    expect(sample.frame).toHaveProperty('name', name);
    expect(decoded(sample.frame)).toMatchObject({
      _tag: 'Right',
      right: { type, payload: sample.payload, meta: { wireName: name, receivedAt: noon } },
    });
  });
});
