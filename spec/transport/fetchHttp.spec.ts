import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asyncScheduler, firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { fetchHttp, type FetchHttpOptions } from '../../lib/transport/fetchHttp.js';
import type { Http, HttpRequest, HttpResponse } from '../../lib/transport/Http.js';
import { marbles } from '../support/marbles.js';

const REQUEST: HttpRequest = { method: 'GET', path: '/x', endpoint: 'GET /x' };
const CANARY = 'SECRET-CANARY';

const httpOf = (options: Partial<FetchHttpOptions>): Http =>
  fetchHttp({
    urlBase: 'https://api.example',
    apiSpaceId: 'space',
    fetch: () => globalThis.fetch,
    requestTimeoutMs: 5_000,
    scheduler: asyncScheduler,
    ...options,
  });

/** A fetch that answers what it is told to, and what it was called with. */
const fakeFetch = (
  respond: () => Response | Promise<Response>,
): { readonly fetch: () => typeof fetch; readonly calls: { url: string; init: RequestInit }[] } => {
  const calls: { url: string; init: RequestInit }[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    calls.push({ url: input instanceof Request ? input.url : `${input}`, init });
    return respond();
  };
  return { fetch: () => fetch, calls };
};

const errorOf = async (http: Http, request: Partial<HttpRequest> = {}): Promise<ComapiError> => {
  const error: unknown = await firstValueFrom(http({ ...REQUEST, ...request })).catch(
    (reason: unknown) => reason,
  );
  if (!(error instanceof ComapiError)) throw new Error(`expected a ComapiError, not ${inspect(error)}`);
  return error;
};

const responseTo = (respond: () => Response, request: Partial<HttpRequest> = {}): Promise<HttpResponse> =>
  firstValueFrom(httpOf({ fetch: fakeFetch(respond).fetch })({ ...REQUEST, ...request }));

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A real server on a free port. */
const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe('fetchHttp', () => {
  it('sends what it is told to, below the API space', async () => {
    const { fetch, calls } = fakeFetch(() => Response.json({}));
    const http = httpOf({ fetch, urlBase: 'https://api.example/v1//', apiSpaceId: 'a/b' });
    const query = [
      ['q', 'a b&c=d'],
      ['id', 'ö@\\'],
      ['id', '2'],
    ] as const;
    await firstValueFrom(
      http({ ...REQUEST, method: 'PUT', query, headers: { 'If-Match': '"1"' }, body: { a: 'ö' } }),
    );

    expect(calls).toEqual([
      {
        url: 'https://api.example/v1/apispaces/a%2Fb/x?q=a%20b%26c%3Dd&id=%C3%B6%40%5C&id=2',
        init: expect.objectContaining({
          method: 'PUT',
          headers: { 'Content-Type': 'application/json', 'If-Match': '"1"' },
          body: '{"a":"ö"}',
        }),
      },
    ]);
  });

  it('uses no cache, no cookies and no redirects, and no header that CORS would ask about', async () => {
    const { fetch, calls } = fakeFetch(() => Response.json({}));
    await firstValueFrom(httpOf({ fetch })(REQUEST));

    expect(calls[0]?.init).toMatchObject({
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual',
      headers: {},
    });
    expect(calls[0]?.init.body).toBeUndefined();
  });

  it('is cold: one request per subscription', async () => {
    const { fetch, calls } = fakeFetch(() => Response.json(1));
    const sent$ = httpOf({ fetch })(REQUEST);

    expect(calls).toHaveLength(0);
    expect(await lastValueFrom(sent$.pipe(toArray()))).toHaveLength(1);
    await firstValueFrom(sent$);
    expect(calls).toHaveLength(2);
  });

  it.each<[string, Response, unknown]>([
    ['JSON', Response.json({ a: [1] }), { a: [1] }],
    ['JSON that calls itself text', new Response('[1]', { headers: { 'content-type': 'text/plain' } }), [1]],
    ['text', new Response('OK'), 'OK'],
    ['nothing', new Response(null, { status: 204 }), ''],
    [
      'a character that is cut in two',
      new Response(new Blob([new Uint8Array([0x22, 0xc3]), new Uint8Array([0xb6, 0x22])])),
      'ö',
    ],
  ])('gives %s', async (_, response, body) => {
    expect((await responseTo(() => response)).body).toEqual(body);
  });

  it('gives status, headers in any case, and the server clock', async () => {
    const headers = { etag: '"1"', date: 'Thu, 01 Jan 1970 00:00:07 GMT' };
    const response = await responseTo(() => new Response('', { status: 201, headers }));

    expect([response.status, response.servedAt, response.headers('ETag'), response.headers('x')]).toEqual([
      201,
      7_000,
      '"1"',
      undefined,
    ]);
  });

  it('gives no clock where there is none to be read', async () => {
    expect(await responseTo(() => new Response(''))).not.toHaveProperty('servedAt');
    expect(await responseTo(() => new Response('', { headers: { date: 'soon' } }))).not.toHaveProperty(
      'servedAt',
    );
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [410, 'not-found'],
    [409, 'conflict'],
    [412, 'precondition-failed'],
    [429, 'rate-limited'],
    [400, 'http'],
    [500, 'http'],
    [503, 'http'],
    [302, 'http'],
  ])('errors when the server answers %d: %s', async (status, kind) => {
    const { fetch } = fakeFetch(
      () => new Response(CANARY, { status, statusText: CANARY, headers: { location: `/?${CANARY}` } }),
    );
    const error = await errorOf(httpOf({ fetch }));

    expect(error.fault).toMatchObject({ kind, status, endpoint: 'GET /x' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
  });

  it('has no status for the redirect that a browser hides', async () => {
    const { fetch } = fakeFetch(() => Response.error());
    const { fault } = await errorOf(httpOf({ fetch }));

    expect(fault).toMatchObject({ kind: 'http', message: expect.stringContaining('redirect') });
    expect(fault).not.toHaveProperty('status');
  });

  it.each([
    ['7', {}, 7_000],
    ['Thu, 01 Jan 1970 00:01:00 GMT', { date: 'Thu, 01 Jan 1970 00:00:50 GMT' }, 10_000],
    ['99999999999', {}, 2 ** 31 - 1],
  ])('tells how long to wait: %s', async (value, headers, waitMs) => {
    const { fetch } = fakeFetch(
      () => new Response('', { status: 503, headers: { 'retry-after': value, ...headers } }),
    );

    expect((await errorOf(httpOf({ fetch }))).fault.retryAfterMs).toBe(waitMs);
  });

  it('keeps to itself what the platform says about a failure', async () => {
    const system = Object.assign(new Error(CANARY), { code: 'ECONNREFUSED' });
    const { fetch } = fakeFetch(() => Promise.reject(new TypeError(CANARY, { cause: system })));
    const error = await errorOf(httpOf({ fetch }));

    expect(error.fault).toEqual({
      kind: 'network',
      message: 'GET /x: the connection failed (ECONNREFUSED).',
      endpoint: 'GET /x',
    });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
  });

  it.each<[string, Partial<FetchHttpOptions>, Partial<HttpRequest>]>([
    ['a token that no header can hold', {}, { headers: { Authorization: `Bearer ${CANARY}\n` } }],
    [
      'a fetch that throws at once',
      {
        fetch: () => {
          throw new Error(CANARY);
        },
      },
      {},
    ],
  ])('does not give a secret away: %s', async (_, options, request) => {
    const error = await errorOf(httpOf(options), request);

    expect(error.code).toBe('network');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
  });

  it.each<[string, Partial<FetchHttpOptions>, Partial<HttpRequest>]>([
    ['a base that is no URL', { urlBase: `nowhere ${CANARY}` }, {}],
    ['an empty base', { urlBase: '' }, {}],
    ['a base without a host', { urlBase: `/${CANARY}` }, {}],
    ['another protocol', { urlBase: `ftp://${CANARY}` }, {}],
    ['a password in the base', { urlBase: `http://${CANARY}:${CANARY}@127.0.0.1` }, {}],
    ['half a surrogate pair', {}, { query: [[CANARY, '\ud800']] }],
  ])('asks nobody where there is no URL to ask: %s', async (_, options, request) => {
    const { fetch, calls } = fakeFetch(() => Response.json({}));
    const error = await errorOf(httpOf({ fetch, ...options }), request);

    expect(error.fault).toEqual({
      kind: 'invalid-url',
      message: 'GET /x: there is no http: or https: URL to ask.',
      endpoint: 'GET /x',
    });
    expect(calls).toEqual([]);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
  });

  it.each([undefined, null, 5, {}, { status: 200 }, { status: 200, headers: {} }])(
    'errors when fetch answers %p instead of a Response',
    async (answer) => {
      const error = await errorOf(httpOf({ fetch: fakeFetch(() => answer as Response).fetch }));

      expect(error.fault).toEqual({
        kind: 'network',
        message: 'GET /x: fetch gave no Response.',
        endpoint: 'GET /x',
      });
    },
  );

  it(
    'errors in time, also when the platform ignores the abort',
    marbles(({ expectObservable, flush }, scheduler) => {
      const signals: unknown[] = [];
      const hangs = (_: unknown, init?: RequestInit): Promise<Response> => (
        signals.push(init?.signal),
        new Promise<Response>(() => undefined)
      );
      const http = httpOf({ fetch: () => hangs, requestTimeoutMs: 30, scheduler });
      const message = 'GET /x: no answer within 30 ms.';

      expectObservable(http(REQUEST)).toBe(
        '30ms #',
        undefined,
        new ComapiError({ kind: 'timeout', message, endpoint: 'GET /x' }),
      );
      flush();
      expect(signals).toEqual([expect.objectContaining({ aborted: true })]);
      expect(scheduler.actions).toEqual([]);
    }),
  );

  it(
    'aborts when nobody waits any more, and leaves no timer',
    marbles(({ expectObservable, flush }, scheduler) => {
      const signals: unknown[] = [];
      const hangs = (_: unknown, init?: RequestInit): Promise<Response> => (
        signals.push(init?.signal),
        new Promise<Response>(() => undefined)
      );
      const http = httpOf({ fetch: () => hangs, requestTimeoutMs: 30, scheduler });

      expectObservable(http(REQUEST), '----!').toBe('-');
      flush();
      expect(signals).toEqual([expect.objectContaining({ aborted: true })]);
      expect(scheduler.now()).toBe(4);
    }),
  );

  it('stops reading as soon as the answer is too large, and cancels the rest', async () => {
    const chunks: string[] = [];
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
      cancel: () => void chunks.push('cancelled'),
    });
    const { fetch } = fakeFetch(() => new Response(endless));
    const error = await errorOf(httpOf({ fetch, maxBodyBytes: 10_000 }));

    expect(error.fault).toEqual({
      kind: 'invalid-response',
      message: 'GET /x: unusable answer: larger than 10000 bytes.',
      status: 200,
      endpoint: 'GET /x',
    });
    expect(chunks).toEqual(['cancelled']);
  });

  it('takes an answer that is exactly as large as allowed', async () => {
    const { fetch } = fakeFetch(() => new Response('12345'));

    expect((await firstValueFrom(httpOf({ fetch, maxBodyBytes: 5 })(REQUEST))).body).toBe(12345);
    expect((await errorOf(httpOf({ fetch, maxBodyBytes: 4 }))).code).toBe('invalid-response');
  });

  it('counts also where the platform has no streams', async () => {
    const unstreamed = (): Response => Object.defineProperty(new Response('12345'), 'body', { value: null });

    expect((await firstValueFrom(httpOf({ fetch: fakeFetch(unstreamed).fetch })(REQUEST))).body).toBe(12345);
    expect((await errorOf(httpOf({ fetch: fakeFetch(unstreamed).fetch, maxBodyBytes: 4 }))).code).toBe(
      'invalid-response',
    );
  });

  it('brings every query to the server as it is', async () => {
    const { fetch, calls } = fakeFetch(() => Response.json({}));
    const text = fc.string({ unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text)), async (query) => {
        await firstValueFrom(httpOf({ fetch })({ ...REQUEST, query }));
        expect([...new URL(calls.at(-1)?.url ?? '').searchParams]).toEqual(query);
      }),
    );
  });

  describe('over a real connection', () => {
    it('counts after decompression', async () => {
      const bomb = gzipSync(Buffer.alloc(5_000_000, '['));
      const urlBase = await serve((_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
      );

      expect((await errorOf(httpOf({ urlBase, maxBodyBytes: 1_000_000 }))).code).toBe('invalid-response');
    });

    it('does not carry the token to another origin', async () => {
      const strangers: unknown[] = [];
      const stranger = await serve((request, response) => {
        strangers.push(request.headers);
        response.end('{}');
      });
      const urlBase = await serve((_, response) =>
        response.writeHead(307, { location: `${stranger}/steal` }).end(),
      );
      const { fault } = await errorOf(httpOf({ urlBase }), {
        headers: { Authorization: `Bearer ${CANARY}` },
      });

      expect(fault).toMatchObject({ kind: 'http', status: 307 });
      expect(strangers).toEqual([]);
    });

    it('says that nobody listens', async () => {
      const urlBase = await serve(() => undefined);
      open[0]?.close();

      expect((await errorOf(httpOf({ urlBase }))).message).toBe(
        'GET /x: the connection failed (ECONNREFUSED).',
      );
    });

    it('says that the line broke while the answer came', async () => {
      const urlBase = await serve((_, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('{"a":');
        setImmediate(() => response.destroy());
      });

      expect((await errorOf(httpOf({ urlBase }))).code).toBe('network');
    });

    it('hangs up when nobody waits any more', async () => {
      const hungUp = new Promise<string>((resolve) => {
        void serve((request) => request.on('close', () => resolve('hung up'))).then((urlBase) => {
          const waiting = httpOf({ urlBase })(REQUEST).subscribe();
          open[0]?.once('request', () => waiting.unsubscribe());
        });
      });

      expect(await hungUp).toBe('hung up');
    });
  });
});
