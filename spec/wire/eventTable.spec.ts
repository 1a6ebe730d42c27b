import { describe, expect, it } from '@jest/globals';
import { eventNamed, eventTable, eventTypes } from '../../lib/wire/eventTable.js';
import { isJsonObject } from '../../lib/wire/JsonObject.js';
import { decoded, noon } from './decoded.js';
import { everySample } from './everySample.js';

describe('eventTable', () => {
  it('has the events under the names by which they travel', () => {
    expect(eventTable.map(([name, { type }]) => [name, type])).toEqual([
      ['conversationMessage.sent', 'conversationMessageEvent'],
      ['conversationMessage.delivered', 'conversationMessageEvent'],
      ['conversationMessage.read', 'conversationMessageEvent'],
      ['conversation.participantTyping', 'participantTyping'],
      ['conversation.participantTypingOff', 'participantTypingOff'],
      ['conversation.participantAdded', 'participantAdded'],
      ['conversation.participantRemoved', 'participantRemoved'],
      ['conversation.update', 'conversationUpdated'],
      ['conversation.delete', 'conversationDeleted'],
      ['conversation.undelete', 'conversationUndeleted'],
      ['profile.update', 'profileUpdated'],
    ]);
  });

  it('finds each of them by its name, and nothing by another', () => {
    expect(eventTable.map(([name]) => eventNamed(name))).toEqual(eventTable.map(([, event]) => event));
    expect(['', 'constructor', '__proto__', 'conversation', 'profile.updated'].map(eventNamed)).toEqual(
      Array(5).fill(undefined),
    );
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
    expect(new Set(names)).toEqual(new Set(eventTable.map(([name]) => name)));
  });
});
