import { describe, expect, it } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import { endpoints } from '../../lib/rest/endpoints.js';
import { readEvents } from '../../lib/rest/readEvents.js';
import { recordingHttp } from './recordingHttp.js';

const status = (conversationEventId: number, name = 'conversationMessage.read'): object => ({
  name,
  conversationEventId,
  payload: { messageId: 'm', conversationId: 'c', profileId: 'me' },
});

const event = (conversationEventId: number): object => ({
  name: 'conversationMessage.read',
  conversationId: 'c',
  conversationEventId,
  payload: { messageId: 'm', conversationId: 'c', profileId: 'me' },
});

const options = { now: () => 7 };

describe('listEvents', () => {
  it('asks for events from a position on', async () => {
    const { http, requests } = recordingHttp({ body: [] });

    expect(await firstValueFrom(endpoints(http, options).listEvents('c/1', { from: 0, limit: 10 }))).toEqual({
      events: [],
      others: [],
    });
    expect(requests).toEqual([
      {
        method: 'GET',
        path: '/conversations/c%2F1/events',
        query: [
          ['from', '0'],
          ['limit', '10'],
        ],
        endpoint: 'GET /conversations/{id}/events',
      },
    ]);
  });

  it('gives events, what has an id but no type, and the highest id of both', async () => {
    const { http } = recordingHttp({ body: [status(0), status(4, 'conversationMessage.delete'), status(2)] });
    const page = await firstValueFrom(endpoints(http, options).listEvents('c', { from: 0 }));

    expect(page.events).toEqual([event(0), event(2)]);
    expect(page.others).toEqual([
      expect.objectContaining({ conversationEventId: 4, wireName: 'conversationMessage.delete' }),
    ]);
    expect(page.highestId).toBe(4);
  });

  it('knows the aliases of names', async () => {
    const { http } = recordingHttp({ body: [status(0, 'chatMessage.read')] });
    const aliases = { conversationMessage: ['chatMessage'] };

    expect(
      (await firstValueFrom(endpoints(http, { ...options, aliases }).listEvents('c', { from: 0 }))).events,
    ).toEqual([event(0)]);
  });

  it.each([{}, 'SECRET', null])('errors when the page is %j', async (body) => {
    const { http } = recordingHttp({ body });

    await expect(firstValueFrom(endpoints(http, options).listEvents('c', { from: 0 }))).rejects.toMatchObject(
      {
        fault: {
          kind: 'invalid-response',
          message: expect.not.stringContaining('SECRET'),
          endpoint: 'GET /conversations/{id}/events',
        },
      },
    );
  });
});

describe('readEvents', () => {
  it('also tells what was skipped, and when the server answered', async () => {
    const { http } = recordingHttp({ body: [status(0), 'junk', { ...status(1), payload: {} }], servedAt: 5 });
    const { page, skipped, servedAt } = await firstValueFrom(readEvents(http, options)('c', { from: 0 }));

    expect(page.events).toEqual([event(0)]);
    expect(page.highestId).toBe(1);
    expect(skipped.map(({ kind }) => kind)).toEqual(['not-an-envelope', 'invalid-payload']);
    expect(servedAt).toBe(5);
  });
});
