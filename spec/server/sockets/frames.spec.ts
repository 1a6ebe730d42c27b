import { describe, expect, it } from '@jest/globals';
import { ear } from '../support/ear.js';
import { person } from '../support/person.js';
import { servers } from '../support/servers.js';
import type { LocalServer } from '../../../lib/server.js';

const start = servers();
const anyText = expect.any(String);
const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const tag = expect.stringMatching(/^"[0-9a-f]+-.+"$/);
const privileges = { canSend: true, canAddParticipants: true, canRemoveParticipants: true };
const roles = { owner: privileges, participant: privileges };

/** What all frames have; `toEqual` finds every field too many. */
const frame = (name: string, fields: object): object => ({
  eventId: anyText,
  apiSpaceId: 'as',
  name,
  publishedOn: isoTime,
  ...fields,
});

const withGarden = async (): Promise<LocalServer> => {
  const server = await start({ apiSpaceId: 'as' });
  server.createConversation({ id: 'c1', name: 'n', participants: ['ann', 'bob'] });
  return server;
};

describe('frames', () => {
  it('socket.info comes first', async () => {
    const ann = await ear(await withGarden(), 'ann');

    expect(ann.heard).toEqual([
      frame('socket.info', { socketId: anyText, accountId: 1, context: { createdBy: 'ann' } }),
    ]);
  });

  it('conversationMessage.sent goes to every socket of every participant, and names its conversation inside', async () => {
    const server = await withGarden();
    const people = [
      await ear(server, 'ann'),
      await ear(server, 'ann'),
      await ear(server, 'bob'),
      await ear(server, 'cy'),
    ];
    const parts = [{ name: 'body', type: 'text/plain', data: 'hi', size: 2 }];
    const body = { metadata: { a: 1 }, parts, alert: { text: 'New' } };
    await person(server, 'bob')('POST', '/conversations/c1/messages', { body });
    const sent = frame('conversationMessage.sent', {
      payload: {
        messageId: anyText,
        metadata: { a: 1 },
        context: { from: { id: 'bob' }, conversationId: 'c1', sentBy: 'session:bob', sentOn: isoTime },
        parts,
        alert: { text: 'New' },
      },
      context: { createdBy: 'session:bob' },
      revision: 0,
      conversationEventId: 0,
    });

    expect(await Promise.all(people.map((each) => each.untilNow()))).toEqual([[sent], [sent], [sent], []]);
  });

  it('conversationMessage.sent goes to its sender even from outside, with the name of their profile', async () => {
    const server = await withGarden();
    const bot = await ear(server, 'bot');
    server.updateProfile('bot', { name: 'Bot', avatarUrl: 'u' });
    server.publish('c1', { from: 'bot', text: 'hi' });

    expect(await bot.named('conversationMessage.sent')).toMatchObject([
      { payload: { context: { from: { id: 'bot', name: 'Bot', avatarUrl: 'u' } } } },
    ]);
  });

  it.each(['delivered', 'read'] as const)(
    'conversationMessage.%s goes to everybody, its author too',
    async (status) => {
      const server = await withGarden();
      const { messageId } = server.publish('c1', { from: 'bob', text: 'hi' });
      const [ann, bob] = [await ear(server, 'ann'), await ear(server, 'bob')];
      const timestamp = '2026-01-01T00:00:00.000Z';
      const body = [{ messageIds: [messageId], status, timestamp }];
      await person(server, 'ann')('POST', '/conversations/c1/messages/statusupdates', { body });
      const expected = [
        frame(`conversationMessage.${status}`, {
          payload: { messageId, conversationId: 'c1', profileId: 'ann', timestamp },
          context: { createdBy: 'ann' },
          revision: 1,
          conversationEventId: 1,
        }),
      ];

      expect(await ann.untilNow()).toEqual(expected);
      expect(await bob.untilNow()).toEqual(expected);
    },
  );

  it('conversationMessage.delete has an id of its own', async () => {
    const server = await withGarden();
    const { messageId } = server.publish('c1', { from: 'bob', text: 'hi' });
    const ann = await ear(server, 'ann');

    expect(server.deleteMessage('c1', messageId)).toBe(1);
    expect(await ann.untilNow()).toEqual([
      frame('conversationMessage.delete', {
        payload: { messageId, date: isoTime, by: 'system:server' },
        context: { createdBy: 'system:server' },
        revision: 1,
        conversationEventId: 1,
      }),
    ]);
  });

  it('conversation.create and participantAdded tell of a new conversation, the creator too', async () => {
    const server = await start({ apiSpaceId: 'as' });
    const [ann, bob] = [await ear(server, 'ann'), await ear(server, 'bob')];
    const body = { id: 'c1', name: 'n', isPublic: false, participants: [{ id: 'bob' }] };
    await person(server, 'ann')('POST', '/conversations', { body });
    const added = (profileId: string, role: string): object =>
      frame('conversation.participantAdded', {
        payload: { profileId, role, conversationId: 'c1', apiSpaceId: 'as' },
        context: { createdBy: 'ann' },
        conversationId: 'c1',
      });
    const expected = [
      frame('conversation.create', {
        payload: {
          id: 'c1',
          name: 'n',
          isPublic: false,
          roles,
          participants: [
            { profileId: 'ann', role: 'owner', conversationId: 'c1', apiSpaceId: 'as' },
            { profileId: 'bob', role: 'participant', conversationId: 'c1', apiSpaceId: 'as' },
          ],
        },
        context: { createdBy: 'ann' },
        revision: 1,
        etag: tag,
        conversationId: 'c1',
      }),
      added('ann', 'owner'),
      added('bob', 'participant'),
    ];

    expect(await ann.untilNow()).toEqual(expected);
    expect(await bob.untilNow()).toEqual(expected);
  });

  it('conversation.update has the tag of the answer, in lower case', async () => {
    const server = await withGarden();
    const bob = await ear(server, 'bob');
    const body = { name: 'm', description: 'd' };
    const { headers } = await person(server, 'ann')('PUT', '/conversations/c1', { body });

    expect(await bob.untilNow()).toEqual([
      frame('conversation.update', {
        payload: { id: 'c1', name: 'm', description: 'd', isPublic: false, roles },
        context: { createdBy: 'ann' },
        revision: 2,
        etag: headers.get('ETag'),
        conversationId: 'c1',
      }),
    ]);
  });

  it('conversation.delete and conversation.undelete go to those in it', async () => {
    const server = await withGarden();
    const [bob, cy] = [await ear(server, 'bob'), await ear(server, 'cy')];
    await person(server, 'ann')('DELETE', '/conversations/c1');
    server.undeleteConversation('c1');
    const common = { revision: 1, etag: tag, conversationId: 'c1' };

    expect(await bob.untilNow()).toEqual([
      frame('conversation.delete', { ...common, payload: { date: isoTime }, context: { createdBy: 'ann' } }),
      frame('conversation.undelete', {
        ...common,
        payload: { id: 'c1', name: 'n', isPublic: false, roles },
        context: { createdBy: 'system:server' },
      }),
    ]);
    expect(await cy.untilNow()).toEqual([]);
  });

  it('participantAdded, participantUpdated and participantRemoved go to whom they are about, too', async () => {
    const server = await withGarden();
    const [bob, cy] = [await ear(server, 'bob'), await ear(server, 'cy')];
    const ann = person(server, 'ann');
    const path = '/conversations/c1/participants';
    await ann('POST', path, { body: [{ id: 'cy' }] });
    await ann('POST', path, { body: [{ id: 'cy' }] });
    await ann('POST', path, { body: [{ id: 'cy', role: 'owner' }] });
    await ann('DELETE', `${path}?id=cy&id=nobody`);
    const moved = (verb: string, role?: string): object =>
      frame(`conversation.${verb}`, {
        payload: {
          profileId: 'cy',
          ...(role !== undefined && { role }),
          conversationId: 'c1',
          apiSpaceId: 'as',
        },
        context: { createdBy: 'ann' },
        conversationId: 'c1',
      });
    const expected = [
      moved('participantAdded', 'participant'),
      moved('participantUpdated', 'owner'),
      moved('participantRemoved'),
    ];

    expect(await bob.untilNow()).toEqual(expected);
    expect(await cy.untilNow()).toEqual(expected);
  });

  it('participantAdded goes to the creator, who may have left', async () => {
    const server = await withGarden();
    server.removeParticipant('c1', 'ann');
    const ann = await ear(server, 'ann');
    server.addParticipant('c1', 'cy');

    expect(await ann.untilNow()).toMatchObject([{ name: 'conversation.participantAdded' }]);
  });

  it('participantTyping and participantTypingOff name their conversation in the payload only', async () => {
    const server = await withGarden();
    const bob = await ear(server, 'bob');
    const ann = person(server, 'ann');

    expect(await ann('POST', '/conversations/c1/typing', { body: {} })).toMatchObject({ status: 204 });
    expect(await ann('DELETE', '/conversations/c1/typing')).toMatchObject({ status: 204 });
    const fields = {
      payload: { conversationId: 'c1', profileId: 'ann' },
      context: { createdBy: 'ann', createdOn: isoTime },
      accountId: 1,
    };
    expect(await bob.untilNow()).toEqual([
      frame('conversation.participantTyping', fields),
      frame('conversation.participantTypingOff', fields),
    ]);
    expect(server.events('c1')).toEqual([]);
    expect(await person(server, 'cy')('POST', '/conversations/c1/typing')).toMatchObject({ status: 403 });
    expect(await person(server, 'cy')('DELETE', '/conversations/x/typing')).toMatchObject({ status: 404 });
  });

  it('profile.update goes to the profile and everybody who shares a conversation, with `eTag`', async () => {
    const server = await withGarden();
    const [ann, bob, cy] = [await ear(server, 'ann'), await ear(server, 'bob'), await ear(server, 'cy')];
    const { headers } = await person(server, 'bob')('PATCH', '/profiles/bob', { body: { avatar: 'u' } });
    const expected = [
      frame('profile.update', {
        accountId: 1,
        payload: { id: 'bob', avatar: 'u' },
        eTag: headers.get('ETag'),
        context: { createdBy: 'bob' },
        revision: 2,
        profileId: 'bob',
      }),
    ];

    expect(await ann.untilNow()).toEqual(expected);
    expect(await bob.untilNow()).toEqual(expected);
    expect(await cy.untilNow()).toEqual([]);
  });

  it('profile.update goes to the profile alone when its only conversation is deleted', async () => {
    const server = await withGarden();
    server.deleteConversation('c1');
    const [ann, bob] = [await ear(server, 'ann'), await ear(server, 'bob')];
    server.updateProfile('bob', {});

    expect(await ann.untilNow()).toEqual([]);
    expect(await bob.untilNow()).toMatchObject([{ name: 'profile.update' }]);
  });
});
