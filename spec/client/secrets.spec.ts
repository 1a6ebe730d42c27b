import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Observable } from 'rxjs';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import type { Logger } from '../../lib/transport/Logger.js';
import type { WebSocketCtor } from '../../lib/transport/WebSocketCtor.js';
import { clientWorld, type ClientWorld } from '../support/clientWorld.js';
import { added, sent } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const CANARY = 'canary-7f3a';
/** A token, a JWT and a nonce that all hold the mark, in clear and in base64. */
const claims = Buffer.from(JSON.stringify({ sub: 'me', secret: CANARY })).toString('base64url');
const SECRET = `e30.${claims}.${CANARY}`;
const MARKS = [CANARY, claims];

/** What a platform's error may well quote. */
const leakyError = (): Error =>
  Object.assign(new Error(`GET https://api.example?token=${SECRET}`), { headers: { authorization: SECRET } });

type Act = (world: ClientWorld) => Promise<void> | void;

interface Story {
  readonly options?: Partial<ClientOptions>;
  readonly sockets?: (ctor: WebSocketCtor) => WebSocketCtor;
  readonly act: Act;
}

const hiddenBySocket: Act = async (world) => {
  await settled();
  world.open();
};

const stories: Readonly<Record<string, Story>> = {
  'all is well': { act: hiddenBySocket },
  'the line is closed by the server': {
    act: async (world) => {
      await hiddenBySocket(world);
      world.line.last().close(1011, SECRET);
      await world.time.advance(20_000);
    },
  },
  'the token is refused for good': {
    act: async (world) => {
      await hiddenBySocket(world);
      world.line.last().close(4401, SECRET);
      await world.time.advance(20_000);
      world.line.last().close(4401, SECRET);
    },
  },
  'the handshake fails and the request after it too': {
    act: async (world) => {
      world.backend.respond = () => ({ status: 401, json: { token: SECRET } });
      await settled();
      world.line.last().fail();
      await world.time.advance(20_000);
    },
  },
  'the socket cannot be made': {
    sockets: (ctor) =>
      class extends ctor {
        constructor(url: string) {
          super(url);
          throw leakyError();
        }
      },
    act: ({ time }) => time.advance(60_000),
  },
  'the line never opens': { act: ({ time }) => time.advance(60_000) },
  'the line gives up': {
    options: { reconnect: { maxAttempts: 1 } },
    act: async (world) => {
      await hiddenBySocket(world);
      world.line.last().close(1006);
    },
  },
  'the network fails': {
    options: { fetch: () => Promise.reject(leakyError()) },
    act: ({ time }) => time.advance(60_000),
  },
  'the app fails to give a token': {
    options: { getToken: () => Promise.reject(leakyError()) },
    act: ({ time }) => time.advance(60_000),
  },
  'the app throws at the question': {
    options: {
      getToken: () => {
        throw leakyError();
      },
    },
    act: ({ time }) => time.advance(60_000),
  },
  'the app gives something else': {
    options: { getToken: () => Promise.resolve({ token: SECRET } as never) },
    act: ({ time }) => time.advance(60_000),
  },
  'the login is answered with nonsense': {
    options: { authenticate: () => SECRET },
    act: async (world) => {
      world.backend.respond = ({ method }) =>
        method === 'POST' ? { json: { token: SECRET, session: 5 } } : undefined;
      await world.time.advance(60_000);
    },
  },
  'the login is refused': {
    options: { authenticate: () => SECRET },
    act: async (world) => {
      world.backend.respond = ({ method }) => (method === 'POST' ? { status: 401, json: SECRET } : undefined);
      await world.time.advance(60_000);
    },
  },
  'the login works, and the session ends': {
    options: { authenticate: () => SECRET },
    act: async (world) => {
      world.backend.respond = ({ method, path }) =>
        method === 'POST' && path === '/sessions'
          ? { json: { token: SECRET, session: { id: 's', profileId: 'me' } } }
          : undefined;
      await settled();
      world.open();
      world.client.endSession().subscribe();
      await settled();
    },
  },
  'the store fails': {
    options: {
      authenticate: () => SECRET,
      sessionStore: {
        load: () => Promise.reject(leakyError()),
        save: () => {
          throw leakyError();
        },
      },
    },
    act: ({ time }) => time.advance(60_000),
  },
  'history is refused': {
    act: async (world) => {
      world.backend.respond = () => ({ status: 403, json: SECRET });
      await hiddenBySocket(world);
      await world.time.advance(60_000);
    },
  },
  'history is nonsense': {
    act: async (world) => {
      world.backend.respond = () => ({ json: SECRET });
      await hiddenBySocket(world);
      await world.time.advance(60_000);
    },
  },
  'a handler throws': {
    act: async (world) => {
      world.client.on('participantAdded', () => {
        throw new Error('handler');
      });
      await hiddenBySocket(world);
      world.receive(added('ann'));
      world.receive('{');
    },
  },
  'the address is broken': {
    options: { webSocketBase: 'no address' },
    act: ({ time }) => time.advance(60_000),
  },
};

const everythingOf = ({ client }: ClientWorld): Readonly<Record<string, Observable<unknown>>> => {
  const garden = client.conversation('garden');
  const { events$, status$, discontinuities$, holes$, late$, others$ } = garden.log();
  return {
    status$: client.status$,
    events$: client.events$,
    unknownEvents$: client.unknownEvents$,
    decodeErrors$: client.decodeErrors$,
    handlerErrors$: client.handlerErrors$,
    reconnected$: client.reconnected$,
    me$: client.me$,
    participantAdded$: client.participantAdded$,
    messageEvents: garden.messageEvents(),
    fromNow: garden.messageEvents({ after: 'now' }),
    ...{ log: events$, logStatus: status$, discontinuities$, holes$, late$, others$ },
    getProfile: client.rest.getProfile('ann'),
    getSession: client.rest.getSession(),
    sendMessage: client.rest.sendMessage('garden', 'text'),
  };
};

describe('the token', () => {
  it.each(Object.entries(stories))(
    'is nowhere to be seen when %s',
    async (_what, { options, sockets, act }) => {
      const logged: unknown[] = [];
      const note: Logger['info'] = (...line) => logged.push(line);
      const logger: Logger = { debug: note, info: note, warn: note, error: note };
      const failures: unknown[] = [];
      const classify: NonNullable<Exclude<ClientOptions['reconnect'], false | undefined>>['classify'] = (
        failure,
        fallback,
      ) => {
        failures.push({ ...failure, reason: undefined });
        return fallback;
      };
      const login = options?.authenticate === undefined ? { getToken: () => SECRET } : {};
      const world = clientWorld(
        { ...login, logger, ...options, reconnect: { classify, ...options?.reconnect } },
        sockets,
      );
      world.backend.logs.set('garden', [sent(0)]);
      const streams = everythingOf(world);
      const subscriptions: unknown[] = [];
      const watched = Object.values(streams).map((stream$) => {
        const seen = watch(stream$);
        subscriptions.push(stream$.subscribe({ error: () => undefined }));
        return seen;
      });

      await act(world);
      await settled();
      const all = {
        client: world.client,
        conversation: world.client.conversation('garden'),
        streams,
        subscriptions,
        watched: watched.map(({ values, error }) => ({ values, error })),
        stacks: watched.map(({ error }) => (error instanceof Error ? [error.stack, error.cause] : [])),
        logged,
        failures,
      };
      const text = inspect(all, { depth: Infinity, getters: true, maxArrayLength: null });

      expect(MARKS.filter((mark) => text.includes(mark))).toEqual([]);
      await world.client.close();
    },
  );
});
