import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  asyncScheduler,
  catchError,
  concatMap,
  firstValueFrom,
  forkJoin,
  lastValueFrom,
  of,
  toArray,
} from 'rxjs';
import { endpoints } from '../../lib/rest/endpoints.js';
import type { Rest } from '../../lib/rest/Rest.js';
import { type LocalServer, startServer } from '../../lib/server.js';
import { authorized } from '../../lib/session/authorized.js';
import { openSession } from '../../lib/session/openSession.js';
import type { Tokens } from '../../lib/session/Tokens.js';
import { fetchHttp } from '../../lib/transport/fetchHttp.js';
import { codeOf } from '../session/codeOf.js';

describe('the endpoints against the local server', () => {
  let server: LocalServer;
  let tokens: Tokens;
  let rest: Rest;
  let challenges: number;

  beforeEach(async () => {
    server = await startServer({ sessionTtlS: 600 });
    challenges = 0;
    const http = fetchHttp({
      urlBase: server.urlBase,
      apiSpaceId: server.apiSpaceId,
      fetch: () => fetch,
      requestTimeoutMs: 5_000,
      scheduler: asyncScheduler,
    });
    tokens = openSession(http, {
      apiSpaceId: server.apiSpaceId,
      authenticate: ({ nonce }) => ((challenges += 1), Promise.resolve(server.issueJwt('zoë\\a b', nonce))),
      requestTimeoutMs: 5_000,
      scheduler: asyncScheduler,
      random: Math.random,
    });
    rest = endpoints(authorized(http, tokens));
  });

  afterEach(() => server.close());

  const requests = (method: string, path: RegExp): number =>
    server.requests.filter((request) => request.method === method && path.test(request.path)).length;

  it('logs in whoever it is, and tells who that is', async () => {
    const session = await firstValueFrom(rest.getSession());

    expect(session).toMatchObject({ profileId: 'zoë\\a b', id: expect.any(String) });
    expect(await firstValueFrom(tokens.profileId$)).toBe('zoë\\a b');
  });

  it('leads a conversation with a difficult name from beginning to end', async () => {
    const id = 'DOMAIN\\user@host/..&x=1 🦜';
    const created = await firstValueFrom(
      rest.createConversation({ id, name: 'n', participants: [{ id: 'bob' }] }),
    );
    const sent = await firstValueFrom(rest.sendMessage(id, 'hi'));
    await firstValueFrom(rest.updateStatuses(id, [{ messageIds: [sent.id], status: 'read' }]));
    const { events } = await firstValueFrom(rest.listEvents(id, { from: 0 }));
    const { messages } = await firstValueFrom(rest.listMessages(id));
    await firstValueFrom(rest.startTyping(id));
    await firstValueFrom(rest.stopTyping(id));
    await firstValueFrom(rest.addParticipants(id, [{ id: 'a&b', role: 'participant' }]));
    const participants = await firstValueFrom(rest.listParticipants(id));
    await firstValueFrom(rest.removeParticipants(id, ['a&b', 'bob']));
    const listed = await firstValueFrom(rest.listConversations({ scope: 'participant' }));
    await firstValueFrom(rest.deleteConversation(id));
    const gone = await firstValueFrom(
      rest.getConversation(id).pipe(catchError((error: unknown) => of(codeOf(error)))),
    );

    expect(created.value).toMatchObject({ id, name: 'n' });
    expect(events).toEqual(server.events(id));
    expect(events.map(({ name }) => name)).toEqual(['conversationMessage.sent', 'conversationMessage.read']);
    expect(messages).toHaveLength(1);
    expect(participants.map((one) => one.id).sort()).toEqual(['a&b', 'bob', 'zoë\\a b']);
    expect(listed.map((one) => one.id)).toEqual([id]);
    expect(gone).toBe('not-found');
  });

  it('changes only the version that it knows', async () => {
    const { etag = '' } = await firstValueFrom(rest.createConversation({ id: 'c', name: 'n' }));
    const second = await firstValueFrom(rest.updateConversation('c', { name: 'm' }, { etag }));
    const third = rest.updateConversation('c', { name: 'o' }, { etag });

    expect(second.etag).not.toBe(etag);
    await expect(firstValueFrom(third)).rejects.toMatchObject({
      code: 'precondition-failed',
      fault: { status: 412 },
    });
    await expect(firstValueFrom(rest.createConversation({ id: 'c' }))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('keeps profiles', async () => {
    const { etag = '' } = await firstValueFrom(rest.updateProfile('zoë\\a b', { name: 'Zoë' }));
    await firstValueFrom(rest.patchProfile('zoë\\a b', { mood: 'good' }, { etag }));

    expect((await firstValueFrom(rest.getProfile('zoë\\a b'))).value).toMatchObject({
      name: 'Zoë',
      mood: 'good',
    });
  });

  // Vendor weaknesses 2 and 3: a login for each call, and parallel 401s of which all but one hang.
  it('logs in once for many calls, and renews once when all of them are refused', async () => {
    const id = server.createConversation({ participants: ['zoë\\a b'] });
    const many = forkJoin(Array.from({ length: 10 }, () => rest.getConversation(id)));
    await firstValueFrom(many);
    expect(challenges).toBe(1);
    server.revokeTokens();

    expect(await firstValueFrom(many)).toHaveLength(10);
    expect(challenges).toBe(2);
  });

  it('gives up when every token is refused', async () => {
    await firstValueFrom(rest.getSession());
    server.setFaults({ answer: { status: 401, path: /conversations/ } });

    await expect(firstValueFrom(rest.listConversations())).rejects.toMatchObject({ code: 'unauthorized' });
    expect(requests('GET', /conversations/)).toBe(2);
    expect(challenges).toBe(2);
  });

  it('tells how long the server asks to wait, and repeats nothing', async () => {
    await firstValueFrom(rest.getSession());
    server.setFaults({ answer: { status: 503, retryAfterS: 7, path: /conversations/ } });

    await expect(firstValueFrom(rest.listConversations())).rejects.toMatchObject({
      fault: { kind: 'http', status: 503, retryAfterMs: 7_000, endpoint: 'GET /conversations' },
    });
    expect(requests('GET', /conversations/)).toBe(1);
  });

  it('ends the session at the server, and starts anew for who comes next', async () => {
    await firstValueFrom(rest.getSession());
    expect(await lastValueFrom(tokens.end().pipe(toArray()))).toStrictEqual([undefined]);
    expect(requests('DELETE', /sessions/)).toBe(1);

    await firstValueFrom(rest.getSession().pipe(concatMap(() => rest.listConversations())));
    expect(challenges).toBe(2);
  });
});
