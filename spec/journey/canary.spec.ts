import { describe, expect, it, jest } from '@jest/globals';
import type { Subscription } from 'rxjs';
import { config, type Observable } from 'rxjs';
import { WebSocket as PlainSocket } from 'ws';
import { createClient } from '../../lib/client/createClient.js';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import type { ErrorCode } from '../../lib/fault/Fault.js';
import type { Failure } from '../../lib/transport/Failure.js';
import type { Logger } from '../../lib/transport/Logger.js';
import { nodeWebSocket } from '../../lib/transport/nodeWebSocket.js';
import type { WebSocketCtor } from '../../lib/transport/WebSocketCtor.js';
import type { DecodeError } from '../../lib/wire/DecodeError.js';
import { hostileServer } from '../support/hostileServer.js';
import { tracesOf } from '../support/tracesOf.js';
import { runs } from './canaryRuns.js';
import { screens } from './canaryScreens.js';
import { JWT, SECRETS, stories, type Story, TOKEN } from './canaryStories.js';

/** How a token travels: as in Node, in the URL, and in the URL of sockets that are not ours. */
const ways: Readonly<Record<string, { readonly ctor: () => WebSocketCtor; readonly isOurs: boolean }>> = {
  'a header': { ctor: nodeWebSocket, isOurs: true },
  'a query': { ctor: () => nodeWebSocket({ tokenIn: 'query' }), isOurs: true },
  'a query, as from browsers': {
    // It is of another type than the DOM's, but has all that is used of it.
    ctor: () =>
      class extends PlainSocket {
        constructor(url: string) {
          super(url);
          this.on('error', () => undefined);
        }
      } as unknown as WebSocketCtor,
    isOurs: false,
  },
};

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Everything that anybody could see while something goes on; `restore` gives the process its own outputs back. */
const watchProcess = (note: (where: string, what: unknown) => unknown): { readonly restore: () => void } => {
  const spies = [
    ...[...LEVELS, 'log' as const].map((level) =>
      jest.spyOn(console, level).mockImplementation((...line) => void note('console', line)),
    ),
    ...[process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((text) => Boolean(note('output', text))),
    ),
    jest.spyOn(process, 'emitWarning').mockImplementation((warning) => void note('warnings', warning)),
  ];
  const { onUnhandledError } = config;
  config.onUnhandledError = (error) => note('unhandled', error);
  return {
    restore: () => {
      config.onUnhandledError = onUnhandledError;
      for (const spy of spies) spy.mockRestore();
    },
  };
};

/** Which faults, failures and misreadings all stories together have brought about. */
const met = new Set<string>();

/** Plays a story and gives every trace of a secret that it left. */
const tracesIn = async (
  { options = {}, act, server: hostility = {} }: Story,
  { ctor, isOurs }: { readonly ctor: () => WebSocketCtor; readonly isOurs: boolean },
): Promise<readonly string[]> => {
  const server = await hostileServer(TOKEN, hostility);
  const seen: Record<string, unknown[]> = {};
  const note = (where: string, what: unknown): unknown => (seen[where] ??= []).push(what);
  const waiting = new Map<string, () => void>();
  const happened = new Set<string>();
  const meet = (whats: readonly string[]): void => {
    for (const what of whats) {
      happened.add(what);
      met.add(what);
      waiting.get(what)?.();
    }
  };
  const meeting = (what: string): Promise<void> =>
    happened.has(what) ? Promise.resolve() : new Promise((resolve) => waiting.set(what, resolve));
  const { restore } = watchProcess(note);

  const watched = (
    where: string,
    stream$: Observable<unknown>,
    ended = (): void => undefined,
  ): Subscription => {
    const subscription = stream$.subscribe({
      next: (value) => {
        note('values', [where, value]);
        meet(meaningsOf(value));
      },
      error: (error: unknown) => {
        note('errors', [where, error]);
        meet(meaningsOf(error));
        ended();
      },
      complete: ended,
    });
    note('streams', [stream$, subscription]);
    return subscription;
  };

  const Platform = ctor();
  class Socket extends Platform {
    constructor(url: string) {
      super(url);
      // Others' sockets say their URL to whoever holds one, which nobody does.
      if (!isOurs) return;
      note('sockets', this);
      for (const name of ['open', 'message', 'error', 'close'])
        this.addEventListener(name, (event) => {
          // A frame, and the reason of a close, are the server's own words.
          if (event.type !== 'message' && !('reason' in event && event.reason !== '')) note('events', event);
        });
    }
  }
  const noted: Logger[keyof Logger] = (...line) => note('logged', line);
  const client = createClient({
    apiSpaceId: 'space',
    urlBase: server.urlBase,
    webSocketBase: server.webSocketBase,
    ...(options.authenticate === undefined && options.getToken === undefined && { authenticate: () => JWT }),
    webSocketCtor: Socket,
    fetch: (url, init) => {
      note('requests', [url, init?.signal]);
      return fetch(url, init);
    },
    logger: { debug: noted, info: noted, warn: noted, error: noted },
    ...options,
    reconnect: options.reconnect ?? {
      initialDelayMs: 1,
      maxDelayMs: 2,
      classify: ({ reason: _, ...failure }, fallback) => {
        note('failures', failure);
        meet([`failure ${failure.kind}`]);
        return fallback.action === 'retry' ? { action: 'retry' } : fallback;
      },
    },
  });
  const garden = client.conversation('garden');
  const log = garden.log();
  note('the client', [client, garden, log]);
  const { status$, events$, unknownEvents$, decodeErrors$, handlerErrors$, reconnected$, me$ } = client;
  const streams = { status$, events$, unknownEvents$, decodeErrors$, handlerErrors$, reconnected$, me$ };
  for (const [where, stream$] of Object.entries({ ...streams, log$: log.events$, sync$: log.status$ }))
    watched(where, stream$);

  await act({
    client,
    server,
    fault: (code) => meeting(`fault ${code}`),
    misread: (kind) => meeting(`misread ${kind}`),
    failure: (kind) => meeting(`failure ${kind}`),
    open: () => meeting('open'),
    keep: (what) => void note('kept', what),
    settle: (some) => Promise.all(some.map((one$) => new Promise<void>((end) => watched('rest', one$, end)))),
  });
  const meanwhile = tracesOf(SECRETS, {
    'the client': seen['the client'],
    streams: seen['streams'],
    sockets: seen['sockets'],
  });
  await client.close();
  await server.close();
  restore();
  return [...meanwhile, ...tracesOf(SECRETS, seen)];
};

/** What a value that was said means for the question whether everything has been driven. */
const meaningsOf = (value: unknown): readonly string[] => {
  if (value instanceof ComapiError) return [`fault ${value.code}`];
  if (typeof value !== 'object' || value === null) return [];
  const said: Readonly<Record<string, unknown>> = { ...value };
  const { state, error, kind } = said;
  return [
    ...(state === 'connected' ? ['open'] : []),
    ...(typeof kind === 'string' && 'raw' in said ? [`misread ${kind}`] : []),
    ...(error instanceof ComapiError ? [`fault ${error.code}`] : []),
    ...[said['cause'], said['problem']].flatMap((fault) =>
      typeof fault === 'object' && fault !== null && 'kind' in fault ? [`fault ${String(fault.kind)}`] : [],
    ),
  ];
};

describe.each(Object.entries(ways))('a token that travels in %s', (name, way) => {
  // What concerns requests alone is the same whatever the socket is.
  const all = Object.entries({ ...stories, ...screens, ...runs }).filter(
    ([, { isAboutRest }]) => name === 'a header' || !isAboutRest,
  );

  it.each(all)('is nowhere to be seen when %s', async (_, story) => {
    expect(await tracesIn(story, way)).toEqual([]);
  });
});

describe('the stories', () => {
  // Records, so that a kind that is added has to be named here, and driven above.
  const codes: Readonly<Record<ErrorCode, true>> = {
    ...{ unauthorized: true, refused: true, protocol: true, 'retries-exhausted': true, 'no-websocket': true },
    ...{ 'invalid-url': true, closed: true, 'not-found': true, forbidden: true, conflict: true },
    ...{ 'precondition-failed': true, 'rate-limited': true, http: true, network: true, timeout: true },
    'invalid-response': true,
  };
  const failures: Readonly<Record<Failure['kind'], true>> = {
    ...{ close: true, handshake: true, token: true, 'connect-timeout': true, silent: true },
    ...{ network: true, constructor: true },
  };
  const misreadings: Readonly<Record<DecodeError['kind'], true>> = {
    ...{ 'not-text': true, 'too-big': true, 'not-json': true, 'not-an-envelope': true },
    'invalid-payload': true,
  };

  it('have met every fault, every failure of a line and every way to misread a frame', () => {
    const all = [
      ...Object.keys(codes).map((code) => `fault ${code}`),
      ...Object.keys(failures).map((kind) => `failure ${kind}`),
      ...Object.keys(misreadings).map((kind) => `misread ${kind}`),
    ];

    expect(all.filter((what) => !met.has(what))).toEqual([]);
  });
});
