import { describe, expect, it } from '@jest/globals';
import { person, type Answer } from '../support/person.js';
import { servers } from '../support/servers.js';
import type { LocalServer } from '../../../lib/server.js';

const start = servers();
const path = '/conversations/c1/messages';
const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const withConversation = async (): Promise<LocalServer> => {
  const server = await start();
  server.createConversation({ id: 'c1', participants: ['ann', 'bob'] });
  return server;
};

describe('messages', () => {
  it('are sent with everything in them, and their ids count up from 0', async () => {
    const server = await withConversation();
    const ann = person(server, 'ann');
    const parts = [{ name: 'body', type: 'text/plain', data: 'hi', size: 2 }];
    const body = { metadata: { k: [1, { deep: null }] }, parts, alert: { text: 'New' }, unknown: 1 };

    const first = await ann('POST', path, { body });
    expect(first).toMatchObject({ status: 200, body: { id: expect.any(String), eventId: 0 } });
    expect(await ann('POST', path, { body: { parts } })).toMatchObject({ body: { eventId: 1 } });
    expect(server.events('c1')[0]).toEqual({
      eventId: expect.any(String),
      name: 'conversationMessage.sent',
      conversationId: 'c1',
      conversationEventId: 0,
      payload: {
        messageId: (first.body as { id: string }).id,
        metadata: body.metadata,
        context: { from: { id: 'ann' }, conversationId: 'c1', sentBy: 'session:ann', sentOn: isoTime },
        parts,
        alert: body.alert,
      },
    });
  });

  it('are refused without parts, from outside, and in what does not exist', async () => {
    const server = await withConversation();

    expect(await person(server, 'ann')('POST', path, { body: {} })).toMatchObject({ status: 400 });
    expect(await person(server, 'ann')('POST', path, { body: { parts: [1] } })).toMatchObject({
      status: 400,
    });
    expect(await person(server, 'cy')('POST', path, { body: { parts: [] } })).toMatchObject({ status: 403 });
    expect(
      await person(server, 'cy')('POST', '/conversations/x/messages', { body: { parts: [] } }),
    ).toMatchObject({
      status: 404,
    });
    expect(server.events('c1')).toEqual([]);
  });
});

describe('statuses', () => {
  it('are stored as often as they are said, whatever the case of the path', async () => {
    const server = await withConversation();
    const { messageId: first } = server.publish('c1', { from: 'bob', text: 'a' });
    const { messageId: second } = server.publish('c1', { from: 'bob', text: 'b' });
    const ann = person(server, 'ann');
    const timestamp = '2026-01-01T00:00:00.000Z';
    const body = [{ messageIds: [first, second], status: 'delivered', timestamp }];

    expect(await ann('POST', `${path}/statusupdates`, { body })).toMatchObject({ status: 200, body: 'OK' });
    expect(await ann('POST', `${path}/statusUpdates`, { body })).toMatchObject({ status: 200, body: 'OK' });
    expect(server.events('c1').slice(2)).toEqual(
      [first, second, first, second].map((messageId, index) => ({
        eventId: expect.any(String),
        name: 'conversationMessage.delivered',
        conversationId: 'c1',
        conversationEventId: 2 + index,
        payload: { messageId, conversationId: 'c1', profileId: 'ann', timestamp },
      })),
    );
  });

  it('are all refused when one does not fit', async () => {
    const server = await withConversation();
    const { messageId } = server.publish('c1', { from: 'bob', text: 'a' });
    const ann = person(server, 'ann');
    const post = (body: unknown): Promise<Answer> => ann('POST', `${path}/statusupdates`, { body });

    expect(await post([{ messageIds: [messageId, 'none'], status: 'read' }])).toMatchObject({ status: 400 });
    expect(await post([{ messageIds: [messageId], status: 'seen' }])).toMatchObject({ status: 400 });
    expect(await post({})).toMatchObject({ status: 400 });
    expect(await ann('POST', '/conversations/x/messages/statusupdates', { body: [] })).toMatchObject({
      status: 404,
    });
    expect(server.events('c1')).toHaveLength(1);
  });
});

describe('the page of events', () => {
  const idsOf = ({ body }: Answer): readonly number[] =>
    (body as { conversationEventId: number }[]).map(({ conversationEventId }) => conversationEventId);

  it('begins at its first id, goes up, and ends at its limit', async () => {
    const server = await withConversation();
    Array.from({ length: 7 }, (_, index) => server.publish('c1', { from: 'bob', text: String(index) }));
    const ann = person(server, 'ann');
    const page = async (query: string) => idsOf(await ann('GET', `/conversations/c1/events${query}`));

    expect(await page('?from=2&limit=3')).toEqual([2, 3, 4]);
    expect(await page('?from=5&limit=3')).toEqual([5, 6]);
    expect(await page('?from=7&limit=3')).toEqual([]);
    expect(await page('')).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('has every kind of event in the shape of its frame, with the conversation beside it', async () => {
    const server = await withConversation();
    const { messageId } = server.publish('c1', { from: 'bob', text: 'a' });
    server.setStatus('c1', messageId, 'ann', 'delivered');
    server.setStatus('c1', messageId, 'ann', 'read');
    server.deleteMessage('c1', messageId);
    const { body } = await person(server, 'ann')('GET', '/conversations/c1/events?from=0&limit=100');
    const entry = (id: number, name: string, createdBy: string, payload: unknown) => ({
      eventId: expect.any(String),
      apiSpaceId: 'local',
      name: `conversationMessage.${name}`,
      conversationId: 'c1',
      conversationEventId: id,
      revision: id,
      context: { createdBy },
      publishedOn: isoTime,
      payload,
    });
    const status = { messageId, conversationId: 'c1', profileId: 'ann', timestamp: isoTime };

    expect(body).toEqual([
      entry(0, 'sent', 'session:bob', expect.objectContaining({ messageId })),
      entry(1, 'delivered', 'ann', status),
      entry(2, 'read', 'ann', status),
      entry(3, 'delete', 'system:server', { messageId, date: isoTime, by: 'system:server' }),
    ]);
  });

  it.each(['from=-1', 'from=x', 'from=1.5', 'limit=0', 'limit=1e2', 'from=9007199254740993'])(
    'answers 400 to %s',
    async (query) => {
      const ann = person(await withConversation(), 'ann');

      expect(await ann('GET', `/conversations/c1/events?${query}`)).toMatchObject({ status: 400 });
      expect(await ann('GET', `${path}?${query}`)).toMatchObject({ status: 400 });
    },
  );

  it('is closed to those outside', async () => {
    const cy = person(await withConversation(), 'cy');

    expect(await cy('GET', '/conversations/c1/events')).toMatchObject({ status: 403 });
    expect(await cy('GET', path)).toMatchObject({ status: 403 });
    expect(await cy('GET', '/conversations/x/events')).toMatchObject({ status: 404 });
    expect(await cy('GET', '/conversations/x/messages')).toMatchObject({ status: 404 });
  });
});
