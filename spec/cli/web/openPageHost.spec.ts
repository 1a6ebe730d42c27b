import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openPageHost, type PageHost } from '../../../lib/cli/web/openPageHost.js';
import type { PageRequest } from '../../../lib/cli/web/pageDoors.js';

const asked: PageRequest[] = [];
let host: PageHost | undefined;
afterEach(async () => {
  asked.length = 0;
  await host?.close();
});

const open = async (): Promise<PageHost> => {
  host = await openPageHost({
    port: 0,
    files: new Map([['/', { type: 'text/html; charset=utf-8', bytes: Buffer.from('<p>Hello') }]]),
    doors: (call) => {
      asked.push(call);
      return call.segments[0] === 'door' ? { status: 200, json: { is: 'open' } } : undefined;
    },
    connectTo: ['http://127.0.0.1:1', 'ws://127.0.0.1:1'],
  });
  return host;
};

/** Asks with exactly these headers, as a browser is made to by whoever made the page in it. */
const ask = async (
  { url }: PageHost,
  path: string,
  { method = 'GET', ...headers }: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly headers: object; readonly text: string }> => {
  const call = request(new URL(path, url), { method, headers, agent: false });
  call.end(method === 'PUT' ? 'a body that nobody wants' : undefined);
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
  };
};

describe('openPageHost', () => {
  it('serves its files, for that moment, under a policy that lets nothing else in', async () => {
    const { status, headers, text } = await ask(await open(), '/');

    expect([status, text]).toEqual([200, '<p>Hello']);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self' http://127.0.0.1:1 ws://127.0.0.1:1",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join('; '),
    });
  });

  it.each(['/index.html', '/../package.json', '/%2e%2e/package.json', '//', '/style.css'])(
    'has nothing at %s',
    async (path) => {
      const opened = await open();
      const call = request({ ...where(opened), path });
      call.end();
      const [{ statusCode }] = (await once(call, 'response')) as [{ readonly statusCode: number }];

      expect(statusCode).toBe(404);
    },
  );

  it('answers a path that is not percent-encoded, and a method that a file does not know', async () => {
    const opened = await open();

    expect((await ask(opened, '/%zz')).status).toBe(400);
    expect((await ask(opened, '/', { method: 'PUT' })).status).toBe(405);
    expect((await ask(opened, '/', { method: 'HEAD' })).text).toBe('');
  });

  it('answers under no name but its own', async () => {
    const opened = await open();
    const { host: name, port } = where(opened);

    expect((await ask(opened, '/', { host: `evil.example:${port}` })).status).toBe(421);
    expect((await ask(opened, '/door', { host: name })).status).toBe(421);
    expect((await ask(opened, '/door', { host: `localhost:${port}` })).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  it('lets its own page and programs through the doors, and no other page', async () => {
    const opened = await open();
    const origin = new URL(opened.url).origin;
    const status = async (headers: Readonly<Record<string, string>>) =>
      (await ask(opened, '/door?of=garden', headers)).status;

    expect(await status({})).toBe(200);
    expect(await status({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await status({ method: 'PUT', origin, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(asked[0]?.query.get('of')).toBe('garden');
    asked.length = 0;
    expect(await status({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await status({ origin: 'http://127.0.0.1:9' })).toBe(403);
    expect(await status({ method: 'PUT' })).toBe(403);
    expect(await status({ method: 'PUT', origin: 'null' })).toBe(403);
    expect(await status({ method: 'POST', origin: 'http://evil.example' })).toBe(403);
    expect(asked).toEqual([]);
  });

  it('says no more than that it is wrong', async () => {
    const { status, text, headers } = await ask(await open(), '/nothing');

    expect([status, text]).toEqual([404, '']);
    expect(headers).toHaveProperty('content-security-policy');
  });

  it('frees its port, with connections open', async () => {
    const opened = await open();
    await ask(opened, '/');
    await opened.close();

    await expect(fetch(opened.url)).rejects.toThrow('fetch failed');
  });
});

const where = ({ url }: PageHost): { readonly host: string; readonly port: string } => {
  const { hostname, port } = new URL(url);
  return { host: hostname, port };
};
