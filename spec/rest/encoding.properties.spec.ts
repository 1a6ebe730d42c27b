import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asyncScheduler, lastValueFrom, type Observable } from 'rxjs';
import { endpoints } from '../../lib/rest/endpoints.js';
import type { Rest } from '../../lib/rest/Rest.js';
import { fetchHttp } from '../../lib/transport/fetchHttp.js';

/** Ids as people choose them, and as those choose them who mean no good. */
const id = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom(...Array.from('./\\%2EeF?#&=+@:; {}\n\0')),
      minLength: 1,
      maxLength: 12,
    }),
    fc.constantFrom(
      'DOMAIN\\user@host',
      '../../admin',
      '%2e%2e%2f',
      '{sessionId}',
      '__proto__',
      '...',
      'a&b=c',
    ),
  )
  .filter((text) => text !== '.' && text !== '..');

interface Sent {
  readonly path: readonly string[];
  readonly query: readonly (readonly [string, string])[];
  readonly body: unknown;
}

/** Makes a call with a fetch that answers nothing, and gives the request as a server would read it. */
const sentBy = async (call: (rest: Rest) => Observable<unknown>): Promise<Sent> => {
  const sent: Sent[] = [];
  const rest = endpoints(
    fetchHttp({
      urlBase: 'https://api.example/base/',
      apiSpaceId: 'a/b',
      fetch: () => (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        const { pathname, searchParams, hash, host } = url;
        if (hash !== '' || host !== 'api.example') return Promise.reject(new Error('led astray'));
        sent.push({
          path: pathname.split('/').slice(1).map(decodeURIComponent),
          query: [...searchParams],
          body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
        });
        return Promise.resolve(new Response(null, { status: 204 }));
      },
      requestTimeoutMs: 1_000,
      scheduler: asyncScheduler,
    }),
  );
  await lastValueFrom(call(rest), { defaultValue: undefined }).catch(() => undefined);
  expect(sent).toHaveLength(1);
  return sent[0] ?? { path: [], query: [], body: undefined };
};

const ROOT = ['base', 'apispaces', 'a/b'];
const CONVERSATION: Readonly<
  Record<string, readonly [(rest: Rest, id: string) => Observable<unknown>, ...string[]]>
> = {
  getConversation: [(rest, one) => rest.getConversation(one)],
  updateConversation: [(rest, one) => rest.updateConversation(one, {})],
  deleteConversation: [(rest, one) => rest.deleteConversation(one)],
  listParticipants: [(rest, one) => rest.listParticipants(one), 'participants'],
  addParticipants: [(rest, one) => rest.addParticipants(one, []), 'participants'],
  startTyping: [(rest, one) => rest.startTyping(one), 'typing'],
  stopTyping: [(rest, one) => rest.stopTyping(one), 'typing'],
  sendMessage: [(rest, one) => rest.sendMessage(one, 'hi'), 'messages'],
  updateStatuses: [(rest, one) => rest.updateStatuses(one, []), 'messages', 'statusupdates'],
  listMessages: [(rest, one) => rest.listMessages(one), 'messages'],
  listEvents: [(rest, one) => rest.listEvents(one, { from: 0 }), 'events'],
};

describe('whatever it is, the server reads what the app wrote', () => {
  it.each(Object.entries(CONVERSATION))('as the conversation of %s', async (_, [call, ...rest]) => {
    await fc.assert(
      fc.asyncProperty(id, async (one) => {
        const { path } = await sentBy((api) => call(api, one));
        expect(path).toEqual([...ROOT, 'conversations', one, ...rest]);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, (rest: Rest, id: string) => Observable<unknown>]>([
    ['getProfile', (rest, one) => rest.getProfile(one)],
    ['updateProfile', (rest, one) => rest.updateProfile(one, {})],
    ['patchProfile', (rest, one) => rest.patchProfile(one, {})],
  ])('as the profile of %s', async (_, call) => {
    await fc.assert(
      fc.asyncProperty(id, async (one) => {
        expect((await sentBy((api) => call(api, one))).path).toEqual([...ROOT, 'profiles', one]);
      }),
      { numRuns: 60 },
    );
  });

  it('as people to remove, each of them and in order', async () => {
    await fc.assert(
      fc.asyncProperty(id, fc.array(id, { minLength: 1, maxLength: 5 }), async (one, people) => {
        const { path, query } = await sentBy((api) => api.removeParticipants(one, people));
        expect(path).toEqual([...ROOT, 'conversations', one, 'participants']);
        expect(query).toEqual(people.map((person) => ['id', person]));
      }),
      { numRuns: 60 },
    );
  });

  it('as fields of a query, a scope and a folder', async () => {
    const fields = fc.dictionary(id, fc.string({ unit: 'binary' }), { maxKeys: 5, noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(fields, id, async (query, one) => {
        const { query: asked } = await sentBy((api) => api.queryProfiles(query));
        expect(asked).toEqual(Object.entries(query));
        const listed = await sentBy((api) => api.listConversations({ scope: 'public', profileId: one }));
        expect(listed.query).toEqual([
          ['scope', 'public'],
          ['profileId', one],
        ]);
        const content = { data: '', name: one, type: one };
        const uploaded = await sentBy((api) => api.uploadContent(content, { folder: one }));
        expect(uploaded).toMatchObject({ query: [['folder', one]], body: content });
      }),
      { numRuns: 60 },
    );
  });

  it('as a position and a count', async () => {
    await fc.assert(
      fc.asyncProperty(fc.maxSafeNat(), fc.integer({ min: 1 }), async (from, limit) => {
        const asked = [
          ['from', String(from)],
          ['limit', String(limit)],
        ];
        expect((await sentBy((api) => api.listEvents('c', { from, limit }))).query).toEqual(asked);
        expect((await sentBy((api) => api.listMessages('c', { from, limit }))).query).toEqual(asked);
      }),
      { numRuns: 60 },
    );
  });

  it('as a text, a name and a status in a body', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.jsonValue(), async (text, metadata) => {
        const message = { parts: [{ type: 'text/plain', data: text }], metadata: { metadata } };
        const { body } = await sentBy((api) => api.sendMessage('c', message));
        expect(body).toEqual(JSON.parse(JSON.stringify(message)));
        const created = await sentBy((api) => api.createConversation({ id: 'c', name: text }));
        expect(created.body).toEqual({ id: 'c', name: text });
      }),
      { numRuns: 60 },
    );
  });
});
