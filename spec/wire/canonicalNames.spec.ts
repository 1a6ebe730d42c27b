import { describe, expect, it } from '@jest/globals';
import { canonicalNames } from '../../lib/wire/canonicalNames.js';

describe('canonicalNames', () => {
  const canonicalName = canonicalNames({
    conversation: ['conversation', 'chat'],
    conversationMessage: ['chatMessage', 'my.message'],
  });

  it.each([
    ['chat.delete', 'conversation.delete'],
    ['chat.create', 'conversation.create'],
    ['chatMessage.sent', 'conversationMessage.sent'],
    ['my.message.sent', 'conversationMessage.sent'],
    ['conversation.delete', 'conversation.delete'],
  ])('knows %s as %s', (wireName, expected) => {
    expect(canonicalName(wireName)).toBe(expected);
  });

  it.each([
    '',
    '.',
    'chat',
    'chats',
    'chats.delete',
    'chat.delete.now',
    'socket.info',
    '__proto__',
    'constructor.x',
  ])('leaves %j as it is', (wireName) => {
    expect(canonicalName(wireName)).toBe(wireName);
  });

  it('never takes a known name away', () => {
    expect(canonicalNames({ profile: ['conversation'] })('conversation.update')).toBe('conversation.update');
  });

  it('gives a word that two categories claim to the first', () => {
    expect(canonicalNames({ profile: ['x'], conversation: ['x'] })('x.update')).toBe('profile.update');
  });

  it('knows no alias unless told', () => {
    expect(canonicalNames({})('chat.delete')).toBe('chat.delete');
  });
});
