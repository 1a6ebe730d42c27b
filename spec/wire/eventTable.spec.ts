import { describe, expect, it } from '@jest/globals';
import { eventTable, eventTypes } from '../../lib/wire/eventTable.js';
import { isJsonObject } from '../../lib/wire/JsonObject.js';
import { decoded, noon } from './decoded.js';
import { everySample } from './everySample.js';

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

  it.each(everySample)('decodes a sample of each name to its payload: $frame.name', ({ frame, payload }) => {
    expect(decoded(frame)).toMatchObject({ _tag: 'Right', right: { payload, meta: { receivedAt: noon } } });
  });

  it('has a sample of each name', () => {
    const names = everySample.map(({ frame }) => isJsonObject(frame) && frame['name']);
    expect(new Set(names)).toEqual(new Set(eventTable.keys()));
  });
});
