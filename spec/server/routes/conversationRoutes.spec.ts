import { describe, expect, it } from '@jest/globals';
import { person } from '../support/person.js';
import { servers } from '../support/servers.js';

const start = servers();
const privileges = { canSend: true, canAddParticipants: true, canRemoveParticipants: true };
const roles = { owner: privileges, participant: privileges };

describe('conversations', () => {
  it('are created with the creator as owner', async () => {
    const ann = person(await start(), 'ann');
    const body = {
      id: 'c 1',
      name: 'n',
      description: 'd',
      isPublic: false,
      participants: [{ id: 'bob' }, { id: 'ann' }],
    };
    const created = await ann('POST', '/conversations', { body });

    expect(created.status).toBe(201);
    expect(created.headers.get('ETag')).toMatch(/^"[0-9a-f]+-[\w+/=]+"$/);
    expect(created.body).toEqual({ id: 'c 1', name: 'n', description: 'd', isPublic: false, roles });
    expect((await ann('GET', '/conversations/c%201/participants')).body).toEqual([
      { id: 'ann', role: 'owner' },
      { id: 'bob', role: 'participant' },
    ]);
  });

  it('answer 409 to an id that is taken, even by one that is deleted', async () => {
    const server = await start();
    const ann = person(server, 'ann');
    server.createConversation({ id: 'c1', participants: ['ann'] });

    expect(await ann('POST', '/conversations', { body: { id: 'c1' } })).toMatchObject({ status: 409 });
    server.deleteConversation('c1');
    expect(await ann('POST', '/conversations', { body: { id: 'c1' } })).toMatchObject({ status: 409 });
  });

  it('are shown with their tag, to those in them, and in public to everybody', async () => {
    const server = await start();
    server.createConversation({ id: 'closed', participants: ['ann'] });
    server.createConversation({ id: 'open', isPublic: true, participants: ['ann'] });
    const bob = person(server, 'bob');

    const shown = await person(server, 'ann')('GET', '/conversations/closed');
    expect(shown).toMatchObject({ status: 200, body: { id: 'closed', isPublic: false } });
    expect(shown.headers.get('ETag')).toMatch(/^".+"$/);
    expect(await bob('GET', '/conversations/closed')).toMatchObject({ status: 403 });
    expect(await bob('GET', '/conversations/open')).toMatchObject({ status: 200 });
    expect(await bob('GET', '/conversations/none')).toMatchObject({ status: 404 });
  });

  it('change under a tag that holds, and not under one that does not', async () => {
    const ann = person(await start(), 'ann');
    const first = (
      await ann('POST', '/conversations', { body: { id: 'c1', name: 'a', isPublic: true } })
    ).headers.get('ETag');
    const change = (name: string, tag: string) =>
      ann('PUT', '/conversations/c1', { body: { name, roles }, headers: { 'If-Match': tag } });

    const second = await change('b', first ?? '');
    expect(second).toMatchObject({ status: 200, body: { id: 'c1', name: 'b', isPublic: true } });
    expect(second.headers.get('ETag')).not.toBe(first);
    expect(await change('c', first ?? '')).toMatchObject({ status: 412 });
    expect(await change('d', '*')).toMatchObject({ status: 200, body: { name: 'd' } });
    expect(await ann('PUT', '/conversations/c1', { body: { name: 'e' } })).toMatchObject({ status: 200 });
    expect(await ann('PUT', '/conversations/none', { body: { name: 'e' } })).toMatchObject({ status: 404 });
  });

  it('are deleted under a tag that holds, and are gone then', async () => {
    const server = await start();
    const ann = person(server, 'ann');
    server.createConversation({ id: 'c1', participants: ['ann'] });
    const tag = (await ann('GET', '/conversations/c1')).headers.get('ETag') ?? '';

    expect(await ann('DELETE', '/conversations/c1', { headers: { 'If-Match': '"other"' } })).toMatchObject({
      status: 412,
    });
    expect(await ann('DELETE', '/conversations/c1', { headers: { 'If-Match': tag } })).toMatchObject({
      status: 204,
    });
    expect(await ann('GET', '/conversations/c1')).toMatchObject({ status: 404 });
    expect(await ann('GET', '/conversations/c1/events?from=0')).toMatchObject({ status: 404 });
    expect((await ann('GET', '/conversations')).body).toEqual([]);
  });

  it('are listed with underscored metadata, and with a latest id once something was sent', async () => {
    const server = await start();
    server.createConversation({ id: 'quiet', name: 'n', participants: ['ann', 'bob'] });
    server.createConversation({ id: 'busy', participants: ['ann', 'bob'] });
    const { messageId } = server.publish('busy', { from: 'bob', text: 'a' });
    server.setStatus('busy', messageId, 'ann', 'read');
    const { body } = await person(server, 'ann')('GET', '/conversations');

    expect(body).toEqual([
      {
        id: 'quiet',
        name: 'n',
        isPublic: false,
        roles,
        participantCount: 2,
        _etag: expect.stringMatching(/^".+"$/),
        _createdOn: expect.any(String),
        _createdBy: 'session:ann',
        _updatedOn: expect.any(String),
        _updatedBy: 'session:ann',
      },
      expect.objectContaining({ id: 'busy', latestSentEventId: 0 }),
    ]);
  });

  it('are listed by scope and profile, and never those that are closed to whoever asks', async () => {
    const server = await start();
    server.createConversation({ id: 'mine', participants: ['ann', 'bob'] });
    server.createConversation({ id: 'theirs', participants: ['bob'] });
    server.createConversation({ id: 'open', isPublic: true, participants: ['bob'] });
    const ann = person(server, 'ann');
    const listed = async (query: string): Promise<unknown> =>
      ((await ann('GET', `/conversations${query}`)).body as { id: string }[]).map(({ id }) => id);

    expect(await listed('')).toEqual(['mine']);
    expect(await listed('?scope=participant&profileId=ann')).toEqual(['mine']);
    expect(await listed('?scope=public')).toEqual(['open']);
    expect(await listed('?scope=participant&profileId=bob')).toEqual(['mine', 'open']);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no id', { name: 'n' }],
    ['an empty id', { id: '' }],
    ['an id that is a number', { id: 1 }],
    ['a name that is a number', { id: 'c', name: 1 }],
    ['participants without ids', { id: 'c', participants: [{}] }],
  ])('answer 400 to a body with %s', async (_, body) => {
    const ann = person(await start(), 'ann');

    expect(await ann('POST', '/conversations', { body })).toMatchObject({
      status: 400,
      body: { message: expect.any(String) },
    });
  });
});
