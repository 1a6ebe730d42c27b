import { describe, expect, it } from '@jest/globals';
import { person } from '../support/person.js';
import { servers } from '../support/servers.js';
import type { LocalServer } from '../../../lib/server.js';

const start = servers();

interface Page {
  readonly latestEventId?: number;
  readonly earliestEventId?: number;
  readonly messages: readonly {
    readonly id: string;
    readonly sentEventId: number;
    readonly statusUpdates: unknown;
  }[];
  readonly orphanedEvents: readonly { readonly id: number; readonly data: unknown }[];
}

const withConversation = async (): Promise<LocalServer> => {
  const server = await start();
  server.createConversation({ id: 'c1', participants: ['ann', 'bob'] });
  return server;
};

const pageOf = async (server: LocalServer, query = ''): Promise<Page> =>
  (await person(server, 'ann')('GET', `/conversations/c1/messages${query}`)).body as Page;

/** Sends messages, and returns their ids. */
const send = (server: LocalServer, count: number): readonly string[] =>
  Array.from({ length: count }, () => server.publish('c1', { from: 'bob', text: 'x' }).messageId);

const outline = ({ earliestEventId, latestEventId, messages, orphanedEvents }: Page): unknown => ({
  range: [earliestEventId, latestEventId],
  messages: messages.map(({ sentEventId }) => sentEventId),
  orphans: orphanedEvents.map(({ id }) => id),
});

describe('messagesPage', () => {
  it('is without ids when there is nothing', async () => {
    expect(await pageOf(await withConversation())).toEqual({ messages: [], orphanedEvents: [] });
  });

  it('is the newest without `from`, and goes back from there, newest first', async () => {
    const server = await withConversation();
    send(server, 5);

    expect(outline(await pageOf(server, '?limit=2'))).toEqual({
      range: [3, 4],
      messages: [4, 3],
      orphans: [],
    });
    expect(outline(await pageOf(server, '?limit=2&from=2'))).toEqual({
      range: [1, 2],
      messages: [2, 1],
      orphans: [],
    });
    expect(outline(await pageOf(server, '?limit=2&from=0'))).toEqual({
      range: [0, 0],
      messages: [0],
      orphans: [],
    });
    expect(outline(await pageOf(server, '?limit=2&from=99'))).toEqual({
      range: [3, 4],
      messages: [4, 3],
      orphans: [],
    });
  });

  it('shows a message as it was sent', async () => {
    const server = await withConversation();
    const metadata = { a: 1 };
    const { messageId: id } = server.publish('c1', { from: 'bob', text: 'hi', metadata });

    expect((await pageOf(server)).messages).toEqual([
      {
        id,
        sentEventId: 0,
        metadata,
        context: {
          from: { id: 'bob' },
          conversationId: 'c1',
          sentBy: 'session:bob',
          sentOn: expect.any(String),
        },
        parts: [{ name: 'body', type: 'text/plain', data: 'hi', size: 2 }],
        statusUpdates: {},
      },
    ]);
  });

  it('counts statuses and holes, so it may have no message and more behind it', async () => {
    const server = await withConversation();
    const [first = ''] = send(server, 1);
    server.setStatus('c1', first, 'ann', 'delivered');
    server.setFaults({ holes: 1 });
    server.setStatus('c1', first, 'ann', 'read');

    expect(outline(await pageOf(server, '?limit=2'))).toEqual({ range: [2, 3], messages: [], orphans: [3] });
    expect(outline(await pageOf(server, '?limit=2&from=2'))).toEqual({
      range: [1, 2],
      messages: [],
      orphans: [1],
    });
    expect(outline(await pageOf(server, '?limit=2&from=0'))).toEqual({
      range: [0, 0],
      messages: [0],
      orphans: [],
    });
  });

  it('shows statuses up to its own top only: read beats delivered, the first beats the second', async () => {
    const server = await withConversation();
    const [first = ''] = send(server, 1);
    server.setStatus('c1', first, 'ann', 'delivered');
    server.setStatus('c1', first, 'ann', 'read');
    server.setStatus('c1', first, 'ann', 'delivered');
    server.setStatus('c1', first, '__proto__', 'delivered');
    const timestamps = server
      .events('c1')
      .map(({ payload }) => ('timestamp' in payload ? payload.timestamp : undefined));
    const updates = async (query: string): Promise<unknown> =>
      Object.entries((await pageOf(server, query)).messages[0]?.statusUpdates ?? {});

    expect(await updates('?from=0')).toEqual([]);
    expect(await updates('?from=1')).toEqual([['ann', { status: 'delivered', on: timestamps[1] }]]);
    expect(await updates('')).toEqual([
      ['ann', { status: 'read', on: timestamps[2] }],
      ['__proto__', { status: 'delivered', on: timestamps[4] }],
    ]);
  });

  it('hands over what happened in it to older messages, newest first', async () => {
    const server = await withConversation();
    const [first = '', second = ''] = send(server, 2);
    server.setStatus('c1', first, 'ann', 'read');
    server.deleteMessage('c1', second);
    send(server, 1);
    const page = await pageOf(server, '?limit=3');

    expect(outline(page)).toEqual({ range: [2, 4], messages: [4], orphans: [3, 2] });
    expect(page.orphanedEvents).toEqual([
      {
        id: 3,
        data: {
          name: 'delete',
          eventId: expect.any(String),
          createdBy: 'system:server',
          payload: { messageId: second, date: expect.any(String), by: 'system:server' },
        },
      },
      {
        id: 2,
        data: {
          name: 'read',
          eventId: expect.any(String),
          profileId: 'ann',
          payload: {
            messageId: first,
            conversationId: 'c1',
            isPublicConversation: false,
            profileId: 'ann',
            timestamp: expect.any(String),
          },
        },
      },
    ]);
  });

  it('still has a message that was deleted at or below its top, and tells of the delete', async () => {
    const server = await withConversation();
    const [first = ''] = send(server, 2);
    server.deleteMessage('c1', first);

    expect(outline(await pageOf(server))).toEqual({ range: [0, 2], messages: [1, 0], orphans: [2] });
    expect(outline(await pageOf(server, '?from=1'))).toEqual({
      range: [0, 1],
      messages: [1, 0],
      orphans: [],
    });
  });
});
