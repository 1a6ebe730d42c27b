import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import { jwtDoor } from '../../../lib/server/http/jwtDoor.js';
import type { LocalServer } from '../../../lib/server/LocalServer.js';
import { openServer } from '../../../lib/server/openServer.js';

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `fetch` lets nobody choose the host, and no origin either. */
const ask = (url: string, { method = 'GET', headers = {} }: Ask = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    httpRequest(url, { method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });

describe('jwtDoor', () => {
  let server: LocalServer;
  afterEach(() => server.close());

  const open = async (host = '127.0.0.1'): Promise<string> => {
    server = await openServer({ host }, jwtDoor);
    return `${server.urlBase}/jwt?profile=ann&nonce=n-1`;
  };

  it('signs for programs', async () => {
    const { status, headers, body } = await ask(await open());
    const [, claims = ''] = body.split('.');

    expect(status).toBe(200);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      sub: 'ann',
      nonce: 'n-1',
    });
  });

  it.each(['http://localhost:4200', 'https://127.0.0.1', 'http://[::1]:80'])(
    'signs for pages from %s, which may read it',
    async (Origin) => {
      const { status, headers } = await ask(await open(), { headers: { Origin } });

      expect(status).toBe(200);
      expect(headers['access-control-allow-origin']).toBe(Origin);
    },
  );

  it.each<[string, Readonly<Record<string, string>>]>([
    ['a page from elsewhere', { Origin: 'https://example.com' }],
    ['a page from a name that only looks like here', { Origin: 'http://localhost.example.com' }],
    ['a page from nowhere', { Origin: 'null' }],
    ['a name that was made to lead here', { Host: 'example.com' }],
    ['a name that is none', { Host: '[' }],
  ])('signs nothing for %s', async (_, headers) => {
    const answer = await ask(await open(), { headers });

    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.body).not.toContain('eyJ');
  });

  it('signs nothing for another machine', async () => {
    const url = await open('0.0.0.0');
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal)?.address;
    // From this machine's own address in its network, as another machine would come from its own.
    const answer = await ask(url.replace('127.0.0.1', outside ?? '127.0.0.1'), {
      headers: { Host: outside === undefined ? 'none' : 'localhost' },
    });

    expect(answer.status).toBe(403);
  });

  it.each(['/jwt', '/jwt?profile=ann', '/jwt?nonce=n', '/jwt?profile=&nonce=n'])(
    'asks for more than %s',
    async (path) => {
      await open();

      expect((await ask(`${server.urlBase}${path}`)).status).toBe(400);
    },
  );

  it('knows no other method, and no other path', async () => {
    const url = await open();

    expect((await ask(url, { method: 'POST' })).status).toBe(405);
    expect((await ask(`${server.urlBase}/jwt/`)).status).toBe(404);
  });

  it('is not there in a server that was not asked for it', async () => {
    server = await openServer({});

    expect((await ask(`${server.urlBase}/jwt?profile=ann&nonce=n`)).status).toBe(404);
  });
});
