import { describe, expect, it } from '@jest/globals';
import { conversationIdOf } from '../../lib/wire/conversationIdOf.js';

const everywhere = {
  conversationId: 'top',
  payload: { conversationId: 'payload', context: { conversationId: 'context' }, id: 'id' },
};

describe('conversationIdOf', () => {
  it.each([
    ['the top', everywhere, 'top'],
    ['the payload', { ...everywhere, conversationId: undefined }, 'payload'],
    ["the payload's context", { payload: { context: { conversationId: 'context' }, id: 'id' } }, 'context'],
    ['the id in the payload', { payload: { id: 'id' } }, 'id'],
  ])('finds it at %s', (_place, frame, expected) => {
    expect(conversationIdOf(frame, 'conversation.update')).toBe(expected);
  });

  it.each<[unknown]>([[''], [null], [5], [{}], [['top']]])('passes over the unusable %j', (unusable) => {
    expect(conversationIdOf({ ...everywhere, conversationId: unusable }, 'conversation.update')).toBe(
      'payload',
    );
  });

  it.each(['profile.update', 'conversationMessage.sent', 'conversation', ''])(
    'does not take the id in the payload of %j for that of a conversation',
    (name) => {
      expect(conversationIdOf({ payload: { id: 'id' } }, name)).toBeUndefined();
    },
  );

  it.each([
    [{}],
    [{ payload: null }],
    [{ payload: ['id'] }],
    [{ payload: 'id' }],
    [{ payload: { context: 5 } }],
  ])('finds none in %j', (frame) => {
    expect(conversationIdOf(frame, 'conversation.update')).toBeUndefined();
  });
});
