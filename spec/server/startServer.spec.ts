import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { ear } from './support/ear.js';
import { person, withToken } from './support/person.js';
import { servers } from './support/servers.js';
import type { LocalServer, ServerOptions } from '../../lib/server.js';

const start = servers();

/** Asks for exactly this path: `fetch` would take `..` for a step upwards. */
const rawStatus = async (
  { urlBase }: LocalServer,
  path: string,
  token: string,
): Promise<number | undefined> => {
  const { hostname, port } = new URL(urlBase);
  const request = get({ hostname, port, path, headers: { Authorization: `Bearer ${token}` } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
};

describe('startServer', () => {
  it('needs no options', async () => {
    const server = await start();
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    const bob = await ear(server, 'bob');
    const sent = await person(server, 'ann')('POST', `/conversations/${garden}/messages`, {
      body: { parts: [{ type: 'text/plain', data: 'hi' }] },
    });

    expect(server.urlBase).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.webSocketBase).toBe(server.urlBase.replace('http', 'ws'));
    expect(sent).toMatchObject({ status: 200, body: { eventId: 0 } });
    expect(await bob.named('conversationMessage.sent')).toMatchObject([{ conversationEventId: 0 }]);
  });

  it('listens where it is told', async () => {
    const first = await start({ host: 'localhost', apiSpaceId: 'a space' });
    const port = Number(new URL(first.urlBase).port);
    expect(first.urlBase).toBe(`http://localhost:${port}`);
    await first.close();

    expect((await start({ port })).urlBase).toBe(`http://127.0.0.1:${port}`);
    await expect(start({ port })).rejects.toThrow('EADDRINUSE');
    expect((await start({ host: '0.0.0.0' })).urlBase).toMatch(/127\.0\.0\.1/);
  });

  it.each<[ServerOptions, string]>([
    [{ apiSpaceId: '' }, 'apiSpaceId'],
    [{ jwtSecret: '' }, 'jwtSecret'],
    [{ port: -1 }, 'port'],
    [{ host: '' }, 'host'],
    [{ data: '' }, 'data'],
    [{ sessionTtlS: 0 }, 'sessionTtlS'],
    [{ sessionTtlS: Infinity }, 'sessionTtlS'],
    [{ seed: NaN }, 'seed'],
    [{ seed: 1.5 }, 'seed'],
  ])('refuses %j', async (options, name) => {
    await expect(start(options)).rejects.toThrow(`${name} must be`);
  });

  it.each([
    'DOMAIN\\user@host',
    'my convo_sub',
    'a/b?c#d%',
    '..',
    '.',
    '__proto__',
    'constructor',
    '💬',
    'toString',
  ])('takes %j for any id', async (id) => {
    const server = await start({ apiSpaceId: id === '..' ? 'local' : id });
    const space = encodeURIComponent(server.apiSpaceId);
    const token = server.issueToken(id);
    server.createConversation({ id, participants: [id] });
    server.publish(id, { from: id, text: 'x' });
    const path = `/apispaces/${space}/conversations/${encodeURIComponent(id)}`;

    expect(await rawStatus(server, `${path}/events?from=0`, token)).toBe(200);
    expect(await rawStatus(server, `${path}/messages`, token)).toBe(200);
    expect(await rawStatus(server, `/apispaces/${space}/profiles/${encodeURIComponent(id)}`, token)).toBe(
      200,
    );
    expect(await rawStatus(server, `${path}x`, token)).toBe(404);
    expect(Object.prototype).not.toHaveProperty('name');
  });

  it('finds no id that was never used', async () => {
    const ann = person(await start(), 'ann');

    for (const id of ['__proto__', 'constructor', 'toString']) {
      expect((await ann('GET', `/conversations/${id}`)).status).toBe(404);
      expect((await ann('GET', `/profiles/${id}`)).status).toBe(404);
      expect((await ann('GET', `/sessions/${id}`)).status).toBe(404);
    }
  });

  it('answers 404 beside its space and its paths, 405 to other methods, 400 to half a percent sign', async () => {
    const server = await start();
    const ann = person(server, 'ann');

    expect((await fetch(server.urlBase)).status).toBe(404);
    expect((await fetch(`${server.urlBase}/apispaces/other/sessions/start`)).status).toBe(404);
    expect((await ann('GET', '/nothing')).status).toBe(404);
    expect((await ann('GET', '/conversations/')).status).toBe(404);
    expect((await ann('PUT', '/profiles/', { body: {} })).status).toBe(404);
    expect((await ann('POST', '/conversations/c1/events')).status).toBe(405);
    expect((await ann('GET', '/conversations/%E0%A4%A')).status).toBe(400);
  });

  it('answers HEAD as GET without the body', async () => {
    const server = await start();
    server.createConversation({ id: 'c1', participants: ['ann'] });
    const { status, headers, body } = await person(server, 'ann')('HEAD', '/conversations/c1');

    expect(status).toBe(200);
    expect(headers.get('ETag')).toMatch(/^".+"$/);
    expect(body).toBe('');
  });

  it('lets pages from anywhere ask, and read the headers they need', async () => {
    const server = await start();
    const preflight = await withToken(server)('OPTIONS', '/conversations/c1', {
      headers: { 'Access-Control-Request-Headers': 'authorization,if-match' },
    });

    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toBe('authorization,if-match');
    expect(preflight.headers.get('Access-Control-Allow-Methods')).toBe('GET, HEAD, PUT, PATCH, POST, DELETE');
    for (const { headers } of [
      await withToken(server)('GET', '/sessions/start'),
      await withToken(server)('GET', '/conversations'),
    ]) {
      expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
      expect(headers.get('Access-Control-Expose-Headers')).toBe('ETag, Date, Retry-After');
      expect(Date.parse(headers.get('Date') ?? '')).not.toBeNaN();
    }
  });

  it('answers 413 to a body that is too long, and 400 to one that is too deep', async () => {
    const server = await start();
    const ann = person(server, 'ann');
    server.createConversation({ id: 'c1', participants: ['ann'] });
    const deep = `{"parts":[],"metadata":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;

    expect((await ann('POST', '/conversations/c1/messages', { body: deep })).status).toBe(400);
    expect((await ann('POST', '/content', { body: 'x'.repeat(17 * 1_024 * 1_024) })).status).toBe(413);
    expect((await ann('GET', '/conversations')).status).toBe(200);
  });

  it('notes every request without its query', async () => {
    const server = await start();
    const before = Date.now();
    await person(server, 'ann')('GET', '/conversations?scope=public&secret=1');
    await ear(server, 'ann');

    expect(server.requests).toEqual([
      { method: 'GET', path: '/apispaces/local/conversations', status: 200, at: expect.any(Number) },
      { method: 'GET', path: '/apispaces/local/socket', status: 101, at: expect.any(Number) },
    ]);
    expect(server.requests[0]?.at).toBeGreaterThanOrEqual(before);
    expect(server.socketCount).toBe(1);
  });

  it('never answers with a token that it was given', async () => {
    const server = await start();
    const secret = 'SECRET-CANARY';
    const nobody = withToken(server, secret);
    const answers = [
      await nobody('GET', `/conversations?token=${secret}`),
      await nobody('POST', '/sessions', { body: { authenticationId: secret, authenticationToken: secret } }),
      await nobody('POST', '/sessions', { body: { authenticationToken: secret } }),
      await nobody('POST', '/sessions', { body: secret }),
    ];

    expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain(secret);
    expect(JSON.stringify(server.requests)).not.toContain(secret);
  });
});
