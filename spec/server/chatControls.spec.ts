import { describe, expect, it } from '@jest/globals';
import { ear } from './support/ear.js';
import { person } from './support/person.js';
import { servers } from './support/servers.js';
import type { LocalServer } from '../../lib/server.js';

const start = servers();

describe('the controls of a server', () => {
  it('create a conversation whose first participant owns it', async () => {
    const server = await start();
    const id = server.createConversation({ name: 'n', participants: ['ann', 'bob'] });

    expect((await person(server, 'bob')('GET', `/conversations/${id}/participants`)).body).toEqual([
      { id: 'ann', role: 'owner' },
      { id: 'bob', role: 'participant' },
    ]);
    expect(() => server.createConversation({ id, participants: [] })).toThrow(RangeError);
  });

  it('send text, or parts, and metadata', async () => {
    const server = await start();
    const id = server.createConversation({ participants: ['ann'] });
    const parts = [{ type: 'image/png', url: 'u' }];

    expect(server.publish(id, { from: 'ann', text: 'hé' })).toEqual({
      messageId: expect.any(String),
      conversationEventId: 0,
    });
    server.publish(id, { from: 'ann', parts, metadata: 7 });
    expect(server.events(id).map(({ payload }) => payload)).toMatchObject([
      { parts: [{ name: 'body', type: 'text/plain', data: 'hé', size: 3 }] },
      { parts, metadata: 7 },
    ]);
  });

  it('show a log without what has no type for a client', async () => {
    const server = await start();
    const id = server.createConversation({ participants: ['ann'] });
    const { messageId } = server.publish(id, { from: 'ann', text: 'x' });

    expect(server.setStatus(id, messageId, 'bob', 'read')).toBe(1);
    expect(server.deleteMessage(id, messageId)).toBe(2);
    expect(server.setStatus(id, messageId, 'bob', 'delivered')).toBe(3);
    expect(server.events(id).map(({ name, conversationEventId }) => [conversationEventId, name])).toEqual([
      [0, 'conversationMessage.sent'],
      [1, 'conversationMessage.read'],
      [3, 'conversationMessage.delivered'],
    ]);
    server.deleteConversation(id);
    expect(server.events(id)).toHaveLength(3);
  });

  it('reach people as REST does', async () => {
    const server = await start();
    const id = server.createConversation({ participants: ['ann'] });
    const ann = await ear(server, 'ann');
    server.addParticipant(id, 'bob', 'owner');
    server.setTyping(id, 'bob', true);
    server.setTyping(id, 'bob', false);
    server.updateProfile('bob', { name: 'Bob' });
    server.removeParticipant(id, 'bob');
    server.deleteConversation(id);
    server.undeleteConversation(id);

    expect((await ann.untilNow()).map(({ name }) => name)).toEqual([
      'conversation.participantAdded',
      'conversation.participantTyping',
      'conversation.participantTypingOff',
      'profile.update',
      'conversation.participantRemoved',
      'conversation.delete',
      'conversation.undelete',
    ]);
  });

  it.each<[string, (server: LocalServer) => unknown]>([
    ['deleteConversation', (server) => server.deleteConversation('x')],
    ['undeleteConversation', (server) => server.undeleteConversation('x')],
    ['undeleteConversation of one that is not deleted', (server) => server.undeleteConversation('c1')],
    ['addParticipant', (server) => server.addParticipant('x', 'ann')],
    ['removeParticipant', (server) => server.removeParticipant('x', 'ann')],
    ['publish', (server) => server.publish('x', { from: 'ann', text: 'a' })],
    ['setStatus', (server) => server.setStatus('x', 'm', 'ann', 'read')],
    ['setStatus of no message', (server) => server.setStatus('c1', 'm', 'ann', 'read')],
    ['deleteMessage', (server) => server.deleteMessage('x', 'm')],
    ['deleteMessage of no message', (server) => server.deleteMessage('c1', 'm')],
    ['setTyping', (server) => server.setTyping('x', 'ann', true)],
    ['events', (server) => server.events('x')],
  ])('throw a RangeError: %s', async (_, act) => {
    const server = await start();
    server.createConversation({ id: 'c1', participants: ['ann'] });

    expect(() => act(server)).toThrow(RangeError);
  });

  it('throw a TypeError for ids that no path could name', async () => {
    const server = await start();

    expect(() => server.createConversation({ id: '', participants: [] })).toThrow(TypeError);
    expect(() => server.createConversation({ participants: [''] })).toThrow(TypeError);
    expect(() => server.updateProfile('', {})).toThrow(TypeError);
  });
});
