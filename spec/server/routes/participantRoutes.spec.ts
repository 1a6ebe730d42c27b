import { describe, expect, it } from '@jest/globals';
import { person } from '../support/person.js';
import { servers } from '../support/servers.js';

const start = servers();
const path = '/conversations/c1/participants';

describe('participants', () => {
  it('are listed, added and removed by repeated ids', async () => {
    const server = await start();
    server.createConversation({ id: 'c1', participants: ['ann'] });
    const ann = person(server, 'ann');
    const added = await ann('POST', path, {
      body: [{ id: 'a&b', role: 'owner' }, { id: 'x.y z' }, { id: 'cy' }],
    });

    expect(added.status).toBe(201);
    expect((await ann('GET', path)).body).toEqual([
      { id: 'ann', role: 'owner' },
      { id: 'a&b', role: 'owner' },
      { id: 'x.y z', role: 'participant' },
      { id: 'cy', role: 'participant' },
    ]);
    expect(await ann('DELETE', `${path}?id=a%26b&id=x.y%20z`)).toMatchObject({ status: 204 });
    expect((await ann('GET', path)).body).toEqual([
      { id: 'ann', role: 'owner' },
      { id: 'cy', role: 'participant' },
    ]);
  });

  it("are nobody's business outside, and unknown in what does not exist", async () => {
    const server = await start();
    server.createConversation({ id: 'c1', participants: ['ann'] });
    const bob = person(server, 'bob');

    for (const [method, ask] of [
      ['GET', {}],
      ['POST', { body: [{ id: 'bob' }] }],
      ['DELETE', {}],
    ] as const) {
      const query = method === 'DELETE' ? '?id=ann' : '';
      expect(await bob(method, `${path}${query}`, ask)).toMatchObject({ status: 403 });
      expect(await bob(method, `/conversations/none/participants${query}`, ask)).toMatchObject({
        status: 404,
      });
    }
  });

  it('may join a public conversation by themselves', async () => {
    const server = await start();
    server.createConversation({ id: 'c1', isPublic: true, participants: ['ann'] });
    const bob = person(server, 'bob');

    expect(await bob('POST', path, { body: [{ id: 'bob' }] })).toMatchObject({ status: 201 });
    expect((await bob('GET', path)).body).toContainEqual({ id: 'bob', role: 'participant' });
  });

  it('do what their role allows, and may always leave', async () => {
    const server = await start();
    const none = { canSend: false, canAddParticipants: false, canRemoveParticipants: false };
    const body = { id: 'c1', roles: { participant: none }, participants: [{ id: 'bob' }, { id: 'cy' }] };
    await person(server, 'ann')('POST', '/conversations', { body });
    const bob = person(server, 'bob');

    expect(await bob('POST', path, { body: [{ id: 'dan' }] })).toMatchObject({ status: 403 });
    expect(await bob('DELETE', `${path}?id=cy`)).toMatchObject({ status: 403 });
    expect(await bob('POST', '/conversations/c1/messages', { body: { parts: [] } })).toMatchObject({
      status: 403,
    });
    expect(await bob('DELETE', `${path}?id=bob`)).toMatchObject({ status: 204 });
  });

  it('have to be named', async () => {
    const server = await start();
    server.createConversation({ id: 'c1', participants: ['ann'] });
    const ann = person(server, 'ann');

    expect(await ann('DELETE', path)).toMatchObject({ status: 400 });
    expect(await ann('POST', path, { body: [{ role: 'owner' }] })).toMatchObject({ status: 400 });
    expect(await ann('POST', path, { body: { id: 'bob' } })).toMatchObject({ status: 400 });
  });
});
