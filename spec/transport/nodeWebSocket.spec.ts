import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { asyncScheduler, filter, firstValueFrom, lastValueFrom, Observable, take, toArray } from 'rxjs';
import type { WebSocket as ServerSocket } from 'ws';
import { fromSocket } from '../../lib/transport/fromSocket.js';
import { nodeWebSocket, type NodeWebSocketOptions } from '../../lib/transport/nodeWebSocket.js';
import { staysConnected } from '../../lib/transport/staysConnected.js';
import { deaf, receiving } from './receiving.js';
import { acceptSockets, answerHandshakes, endServers, half, stayMute } from './wsServer.js';

afterEach(endServers);

/** All that a socket says: that it is open, what comes in, and how it fails. */
const wordsFrom = (url: string, options?: NodeWebSocketOptions): Observable<unknown> =>
  new Observable((subscriber) =>
    fromSocket({
      url,
      ctor: nodeWebSocket(options),
      receiver: receiving((word) => subscriber.next(word)),
      scheduler: asyncScheduler,
      heartbeat: false,
    }).subscribe({
      next: () => subscriber.next('opened'),
      error: (failure: unknown) => subscriber.error(failure),
    }),
  );

/** Runs a line until it fails, and gives what it said before and why it failed. */
const outcomeOf = (words$: Observable<unknown>): Promise<readonly unknown[]> =>
  new Promise((resolve) => {
    const said: unknown[] = [];
    words$.subscribe({
      next: (word) => said.push(word),
      error: (failure: unknown) => resolve([...said, failure]),
    });
  });

/** A value that is awaited before it is there. */
const later = <A>() => {
  let settle: (value: A) => void = () => undefined;
  const value = new Promise<A>((resolve) => {
    settle = resolve;
  });
  return { value, settle };
};

describe('nodeWebSocket', () => {
  it('brings texts and bytes', async () => {
    const url = await acceptSockets((socket) => {
      socket.send('text');
      socket.send(new Uint8Array([1, 2]));
    });

    const words = await firstValueFrom(wordsFrom(url).pipe(take(3), toArray()));

    expect(words).toEqual(['opened', 'text', new Uint8Array([1, 2]).buffer]);
  });

  /** What the server gets to see of a handshake. */
  const handshakeOf = async (
    options?: NodeWebSocketOptions,
    query = '',
  ): Promise<{ path: string | undefined; headers: IncomingHttpHeaders }> => {
    const seen = later<{ path: string | undefined; headers: IncomingHttpHeaders }>();
    const url = await acceptSockets((_, { url: path, headers }) => seen.settle({ path, headers }));
    const line = wordsFrom(`${url}${query}`, options).subscribe();
    const handshake = await seen.value;
    line.unsubscribe();
    return handshake;
  };

  it('sends the token as a header and not in the URL', async () => {
    const { path, headers } = await handshakeOf({ headers: { 'X-App': 'shop' } }, '%2B1&x=1');

    expect(path).toBe('/socket?x=1');
    expect(headers).toMatchObject({ authorization: 'Bearer SECRET-CANARY+1', 'x-app': 'shop' });
  });

  it('sends the token in the URL where that is wanted', async () => {
    const { path, headers } = await handshakeOf({ tokenIn: 'query' });

    expect(path).toBe('/socket?token=SECRET-CANARY');
    expect(headers).not.toHaveProperty('authorization');
  });

  it('offers no compression: a few bytes could inflate to anything', async () => {
    const { headers } = await handshakeOf();

    expect(headers).not.toHaveProperty('sec-websocket-extensions');
  });

  it('has the face of a WebSocket of the DOM', async () => {
    const url = await acceptSockets((server) => {
      server.on('message', (bytes) => server.send(bytes, { binary: false }));
    });
    const socket = new (nodeWebSocket())(url);
    const seen: unknown[] = [];
    const forgotten = (): unknown => seen.push('forgotten');
    const before = [socket.onmessage, socket.onclose];
    socket.onmessage = forgotten;
    socket.onmessage = ({ data, target }: MessageEvent<unknown>) => seen.push([data, target === socket]);
    socket.addEventListener('message', forgotten);
    socket.removeEventListener('message', forgotten);
    const closed = new Promise<CloseEvent>((resolve) =>
      socket.addEventListener('close', resolve, { once: true }),
    );
    socket.addEventListener(
      'message',
      (event) => {
        seen.push([event instanceof MessageEvent, event.data, event.target === socket]);
        socket.close(1000, 'bye');
      },
      { once: true },
    );

    expect([socket.readyState, socket.OPEN, socket.protocol, socket.extensions]).toEqual([0, 1, '', '']);
    await new Promise((resolve) => (socket.onopen = resolve));
    socket.send('hi');
    expect(await closed).toMatchObject({ type: 'close', code: 1000, reason: 'bye', wasClean: true });
    expect(seen).toEqual([
      ['hi', true],
      [true, 'hi', true],
    ]);
    expect([...before, socket.bufferedAmount]).toEqual([null, null, 0]);
  });

  it('takes a listener off without a warning to the whole process', async () => {
    const add = jest.spyOn(EventTarget.prototype, 'addEventListener');
    const url = await acceptSockets();
    const socket = new (nodeWebSocket())(url);

    socket.onopen = () => undefined;
    socket.onopen = null;
    const given = add.mock.calls.map(([, listener]) => listener);
    add.mockRestore();
    socket.close();

    expect(given).not.toContain(null);
    expect(socket.onopen).toBeNull();
  });

  it('refuses what is no URL without quoting it', () => {
    const Ctor = nodeWebSocket();

    expect(() => new Ctor('ws://[?token=SECRET-CANARY')).toThrow(
      new SyntaxError('The address of the socket is not a URL.'),
    );
  });
});

describe('a refused handshake', () => {
  it.each([
    ['401 Unauthorized', { status: 401 }],
    ['503 Busy\r\nRetry-After: 7', { status: 503, retryAfterMs: 7_000 }],
    [
      '429 Slow\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nRetry-After: Thu, 01 Jan 1970 00:01:00 GMT',
      { status: 429, retryAfterMs: 60_000 },
    ],
    ['503 Busy\r\nRetry-After: soon', { status: 503 }],
  ])('is a failure that tells how: %j', async (answer, told) => {
    const url = await answerHandshakes(() => answer);

    expect(await outcomeOf(wordsFrom(url))).toEqual([{ kind: 'handshake', ...told }]);
  });

  it('is a redirect too: the token goes nowhere else', async () => {
    let strangers = 0;
    const elsewhere = await acceptSockets(() => (strangers += 1));
    const url = await answerHandshakes(() => `302 Found\r\nLocation: ${elsewhere}`);

    expect(await outcomeOf(wordsFrom(url))).toEqual([{ kind: 'handshake', status: 302 }]);
    expect(strangers).toBe(0);
  });

  it('is renewed once and then stops the line', async () => {
    const authorizations: unknown[] = [];
    const url = await answerHandshakes(({ headers }) => {
      authorizations.push(headers.authorization);
      return '401 Unauthorized';
    });
    const ctor = nodeWebSocket();
    let tokens = 0;

    const line$ = staysConnected({
      urlFor: () => [`${url}-${(tokens += 1)}`],
      ctor: () => ctor,
      receiver: deaf,
      reconnect: { initialDelayMs: 1 },
    });

    await expect(lastValueFrom(line$)).rejects.toMatchObject({
      fault: { kind: 'unauthorized', status: 401 },
    });
    expect(authorizations).toEqual(['Bearer SECRET-CANARY-1', 'Bearer SECRET-CANARY-2']);
  });

  it('is waited out as long as it says', async () => {
    const url = await answerHandshakes(() => '503 Busy\r\nRetry-After: 60');
    const ctor = nodeWebSocket();
    const line$ = staysConnected({ urlFor: () => [url], ctor: () => ctor, receiver: deaf, random: () => 0 });
    const before = Date.now();

    const waiting = await firstValueFrom(line$.pipe(filter(({ state }) => state === 'waiting')));

    expect(waiting).toMatchObject({ cause: { kind: 'http', status: 503, retryAfterMs: 60_000 } });
    expect('retryAt' in waiting && waiting.retryAt).toBeGreaterThanOrEqual(before + 60_000);
  });
});

describe('a connection that fails', () => {
  it('below the protocol is a failure of the network', async () => {
    const url = await stayMute((socket) => socket.resetAndDestroy());
    const nobody = url.replace(/:\d+/, ':1');

    expect(await outcomeOf(wordsFrom(url))).toEqual([{ kind: 'network' }]);
    expect(await outcomeOf(wordsFrom(nobody))).toEqual([{ kind: 'network' }]);
    expect(await outcomeOf(wordsFrom(url.replace('ws:', 'wss:')))).toEqual([{ kind: 'network' }]);
  });

  it('tells the code and the words of a close', async () => {
    const url = await acceptSockets((socket) => socket.close(4401, 'expired'));

    expect(await outcomeOf(wordsFrom(url))).toEqual([
      'opened',
      { kind: 'close', closeCode: 4401, reason: 'expired' },
    ]);
  });

  it('is cut without a code by a reset', async () => {
    const url = await acceptSockets((socket) => socket.terminate());

    expect(await outcomeOf(wordsFrom(url))).toEqual(['opened', { kind: 'close', closeCode: 1006 }]);
  });

  it('loses a frame that is too big, and says so, but not what came before it', async () => {
    const url = await acceptSockets((socket) => {
      socket.send('small');
      socket.send('x'.repeat(2 ** 20 + 1));
    });

    expect(await outcomeOf(wordsFrom(url))).toEqual([
      'opened',
      'small',
      'too-big',
      { kind: 'close', reason: 'A frame was too big.' },
    ]);
  });

  it('lets a frame through that is just not too big', async () => {
    const url = await acceptSockets((socket) => {
      socket.send('x'.repeat(9));
      socket.send('x'.repeat(10));
    });

    expect(await outcomeOf(wordsFrom(url, { maxPayload: 9 }))).toEqual([
      'opened',
      'x'.repeat(9),
      'too-big',
      { kind: 'close', reason: 'A frame was too big.' },
    ]);
  });

  it('is a breach of the protocol where a text is no text', async () => {
    const url = await acceptSockets((socket) => socket.send(Buffer.from([0xff]), { binary: false }));

    expect(await outcomeOf(wordsFrom(url))).toEqual(['opened', { kind: 'close', closeCode: 1007 }]);
  });
});

describe('leaving', () => {
  it('a server that never upgrades ends the connection at once', async () => {
    const connected = later<Socket>();
    const url = await stayMute(connected.settle);

    const line = wordsFrom(url).subscribe();
    const connection = (await connected.value).resume();
    line.unsubscribe();

    await once(connection, 'close');
    expect(connection.destroyed).toBe(true);
  });

  it('an open line closes it with 1000', async () => {
    const closed = later<number>();
    const url = await acceptSockets((socket) => socket.on('close', closed.settle));

    await firstValueFrom(wordsFrom(url));

    expect(await closed.value).toBe(1000);
  });

  it('a server that does not answer the close cuts the connection in the end', async () => {
    const cut = later<unknown>();
    const url = await acceptSockets((_, { socket: connection }) => {
      // From here on it hears of nothing but the end.
      connection.removeAllListeners('data').resume().on('close', cut.settle);
    });
    const ctor = nodeWebSocket({ closeTimeoutMs: 20 });
    const socket = new ctor(url);
    await new Promise((resolve) => socket.addEventListener('open', resolve));

    socket.close(1000);

    await cut.value;
    expect(socket.readyState).not.toBe(1);
  });

  it('before it is open does not end the process with an error nobody listens to (P40)', async () => {
    const url = await stayMute(() => undefined);
    const socket = new (nodeWebSocket())(url);

    socket.close();
    const { code } = await new Promise<CloseEvent>((resolve) => {
      socket.onclose = resolve;
    });

    expect(code).toBe(1006);
  });
});

describe('a half-open line', () => {
  it('is found by ping, cut at once and replaced', async () => {
    const connections: Socket[] = [];
    const { url, cutSilently } = await half(await acceptSockets((_, { socket }) => connections.push(socket)));
    const ctor = nodeWebSocket();
    const states: string[] = [];
    const replaced = later<unknown>();

    const line = staysConnected({
      urlFor: () => [url],
      ctor: () => ctor,
      receiver: deaf,
      heartbeat: { intervalMs: 20, timeoutMs: 20 },
      reconnect: { initialDelayMs: 1 },
    }).subscribe((status) => {
      states.push(status.state === 'waiting' ? status.cause.message : status.state);
      if (states.length === 2) cutSilently();
      if (states.length === 5) replaced.settle(status);
    });
    await replaced.value;
    line.unsubscribe();

    expect(states).toEqual([
      'connecting',
      'connected',
      'The server no longer answers.',
      'connecting',
      'connected',
    ]);
    expect(connections).toHaveLength(2);
  });

  it('is not what an idle line is: a server that answers pings keeps it', async () => {
    const pinged = later<ServerSocket>();
    let pings = 0;
    const url = await acceptSockets((socket) =>
      socket.on('ping', () => {
        pings += 1;
        if (pings === 5) pinged.settle(socket);
      }),
    );
    const failures: unknown[] = [];
    const heartbeat = { intervalMs: 10, timeoutMs: 5_000 };

    const line = fromSocket({
      url,
      ctor: nodeWebSocket(),
      receiver: deaf,
      scheduler: asyncScheduler,
      heartbeat,
    }).subscribe({
      error: (failure: unknown) => failures.push(failure),
    });
    const { readyState } = await pinged.value;
    line.unsubscribe();

    expect(readyState).toBe(1);
    expect(failures).toEqual([]);
  });
});

describe('the token', () => {
  const DEEP = { depth: Infinity, showHidden: true, getters: true };
  const LOOKS = [{}, { depth: Infinity }, DEEP, { ...DEEP, customInspect: false }];

  /** Everything that a program could log of a socket, at this moment. */
  const logged = (thing: unknown): string =>
    LOOKS.map((look) => inspect(thing, look)).join() + JSON.stringify(thing);

  it.each(['header', 'query'] as const)('sent as %s is in nothing that a socket shows', async (tokenIn) => {
    const url = await acceptSockets();
    const socket = new (nodeWebSocket({ tokenIn }))(url);
    const events: unknown[] = [];
    const seen: string[] = [logged(socket)];
    for (const name of ['open', 'close', 'error'] as const)
      socket.addEventListener(name, (event) => events.push(event));

    await new Promise((resolve) => socket.addEventListener('open', resolve));
    seen.push(logged({ deep: [socket] }), logged(events));
    socket.close();
    await new Promise((resolve) => socket.addEventListener('close', resolve));
    seen.push(logged(socket), logged(events));

    expect(seen.join()).not.toContain('CANARY');
    expect(inspect(socket)).toBe('NodeWebSocket { readyState: 3 }');
    expect(socket.url).toBe(url.replace(/\?.*/, ''));
  });

  it('is in no error of a refused or failed connection', async () => {
    const urls = [
      await answerHandshakes(() => '401 Unauthorized'),
      await stayMute((socket) => socket.resetAndDestroy()),
    ];

    for (const tokenIn of ['header', 'query'] as const) {
      for (const url of urls) {
        const socket = new (nodeWebSocket({ tokenIn }))(url);
        const event = await new Promise<Event>((resolve) => socket.addEventListener('error', resolve));
        expect(logged([event, socket])).not.toContain('CANARY');
      }
    }
  });
});

describe('the options', () => {
  it.each<[string, NodeWebSocketOptions]>([
    ['a frame of no length, which ws takes for any', { maxPayload: 0 }],
    ['a frame of less than nothing', { maxPayload: -1 }],
    ['half a byte', { maxPayload: 1.5 }],
    ['a negative time', { closeTimeoutMs: -1 }],
    ['a time that is no number', { closeTimeoutMs: NaN }],
  ])('refuse %s at the call', (_what, options) => {
    expect(() => nodeWebSocket(options)).toThrow(RangeError);
    expect(() => nodeWebSocket(options)).toThrow(/^\w+ must be .*\.$/);
  });

  it.each<[string, unknown]>([
    ['another way for the token', { tokenIn: 'cookie' }],
    ['headers that are a text', { headers: 'a: b' }],
    ['a header that is a number', { headers: { a: 5 } }],
    ['null', null],
  ])('refuse %s at the call', (_what, options) => {
    // As a caller without types would give them.
    const call = (): unknown => nodeWebSocket(options as NodeWebSocketOptions);

    expect(call).toThrow(TypeError);
    expect(call).toThrow(/^\w+ must be .*\.$/);
  });

  it('count as absent when they are undefined, and may be without an end', () => {
    const none = { headers: undefined, tokenIn: undefined, maxPayload: undefined, closeTimeoutMs: undefined };

    expect(() => nodeWebSocket(none as object)).not.toThrow();
    expect(() => nodeWebSocket({ maxPayload: Infinity, closeTimeoutMs: Infinity })).not.toThrow();
  });
});
