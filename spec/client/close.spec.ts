import { describe, expect, it } from '@jest/globals';
import { defer, type Observable } from 'rxjs';
import type { Client } from '../../lib/client/Client.js';
import { clientWorld, type ClientWorld, openWorld, withoutClose } from '../support/clientWorld.js';
import { never } from '../support/fakeBackend.js';
import { added, sentFrom } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watchedSignal } from '../support/watchedSignal.js';
import { watch } from '../support/watch.js';

const everyStream = (client: Client): readonly Observable<unknown>[] => [
  client.participantAdded$,
  client.events$,
  client.unknownEvents$,
  client.decodeErrors$,
  client.handlerErrors$,
  client.reconnected$,
  client.me$,
  client.status$,
  defer(() => client.conversation('garden').messageEvents()),
  client.conversation('garden').log().events$,
];

const remains = ({ time, backend, liveSockets, client }: ClientWorld): object => ({
  state: client.status.state,
  timers: time.pending,
  requests: backend.inFlight,
  sockets: liveSockets,
});

const NOTHING = { state: 'closed', timers: 0, requests: 0, sockets: 0 };

const situations: readonly [string, () => Promise<ClientWorld>][] = [
  ['idle', () => Promise.resolve(clientWorld())],
  [
    'asking for a token',
    () => {
      const world = clientWorld({ getToken: () => new Promise(() => undefined) });
      world.client.connect();
      return Promise.resolve(world);
    },
  ],
  [
    'asking for a challenge',
    async () => {
      const world = clientWorld({ authenticate: () => 'jwt' });
      world.backend.respond = never;
      world.client.connect();
      await settled();
      return world;
    },
  ],
  [
    'waiting for the answer to a challenge',
    async () => {
      const world = clientWorld({ authenticate: () => new Promise(() => undefined) });
      world.client.connect();
      world.client.rest.getProfile('ann').subscribe({ error: () => undefined });
      await settled();
      return world;
    },
  ],
  [
    'connecting',
    async () => {
      const world = clientWorld();
      world.client.connect();
      await settled();
      return world;
    },
  ],
  ['connected', () => openWorld()],
  [
    'lingering',
    async () => {
      const world = clientWorld();
      const release = world.client.connect();
      await settled();
      world.open();
      release();
      return world;
    },
  ],
  [
    'waiting',
    async () => {
      const world = await openWorld();
      world.line.last().close();
      return world;
    },
  ],
  [
    'failed',
    async () => {
      const world = await openWorld({ reconnect: false });
      world.line.last().close();
      return world;
    },
  ],
  [
    'reading history, with a slow server',
    async () => {
      const world = await openWorld();
      world.backend.respond = never;
      for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) watch(world.client.conversation(id).messageEvents());
      watch(world.client.conversation('g').messageEvents({ after: 'now' }));
      await settled();
      return world;
    },
  ],
  [
    'waiting to read history again',
    async () => {
      const world = await openWorld();
      world.backend.respond = () => ({ status: 500 });
      watch(world.client.conversation('garden').messageEvents());
      watch(world.client.conversation('garden').messageEvents({ after: 'now' }));
      await settled();
      return world;
    },
  ],
  [
    'replacing its line',
    async () => {
      const world = await openWorld();
      world.client.reconnect();
      await settled();
      return world;
    },
  ],
  [
    'ending its session, with a slow server',
    async () => {
      const world = clientWorld({ authenticate: () => 'jwt' });
      world.client.connect();
      await settled();
      world.open();
      world.backend.respond = never;
      world.client.endSession().subscribe();
      await settled();
      return world;
    },
  ],
];

describe('close', () => {
  it.each(situations)('ends every stream when the client is %s', async (_what, arrange) => {
    const world = await arrange();
    const streams = everyStream(world.client).map(watch);

    await world.client.close();
    await world.time.advance(600_000);

    expect(remains(world)).toEqual(NOTHING);
    expect(streams.map(({ end }) => end ?? 'open')).not.toContain('open');
  });

  it.each(situations)('leaves nothing behind when the client is %s', async (_what, arrange) => {
    const world = await arrange();

    await world.client.close();
    const remainsAtOnce = remains(world);
    await world.time.advance(600_000);

    expect(remainsAtOnce).toEqual(NOTHING);
    expect(remains(world)).toEqual(NOTHING);
  });

  it('completes every stream, closes the socket with 1000 and says so step by step', async () => {
    const world = await openWorld();
    const streams = everyStream(world.client).map(watch);

    await world.client.close();

    expect(streams.map(({ end }) => end)).toEqual(streams.map(() => 'completed'));
    expect(world.line.last().closedBy).toEqual({ code: 1000 });
    expect(world.states).toEqual(['idle', 'connecting', 'connected', 'closing', 'closed']);
  });

  it('completes at once whoever subscribes later', async () => {
    const world = await openWorld();
    await world.client.close();

    const late = everyStream(world.client).map(watch);
    world.client.connect();
    world.client.reconnect();
    await world.time.advance(60_000);

    expect(late.map(({ end }) => end)).toEqual(late.map(() => 'completed'));
    expect(late.flatMap(({ values }) => values)).toEqual([{ state: 'closed' }]);
    expect(world.line.sockets).toHaveLength(1);
    expect(remains(world)).toEqual(NOTHING);
  });

  it('ends what is under way, and refuses what is asked later', async () => {
    const world = await openWorld();
    world.backend.respond = never;
    const underWay = watch(world.client.rest.getProfile('ann'));
    await settled();

    await world.client.close();
    const later = watch(world.client.rest.getProfile('ann'));
    const session = watch(world.client.endSession());

    expect([underWay, later, session].map(({ end }) => end)).toEqual(['closed', 'closed', 'closed']);
    expect(world.backend.requests.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  it('does not end the session', async () => {
    const world = clientWorld({ authenticate: () => 'jwt' });
    world.client.connect();
    await settled();
    world.open();

    await world.client.close();

    expect(world.backend.calls).toEqual(['GET /sessions/start', 'POST /sessions']);
  });

  it('waits for the socket, but no longer than it is told', async () => {
    const world = await openWorld({}, withoutClose);
    const closing = world.client.close({ timeoutMs: 500 }).then(() => world.time.scheduler.now());
    await world.time.advance(499);
    const stateBefore = world.client.status.state;
    await world.time.advance(1);

    expect(stateBefore).toBe('closing');
    expect(await closing).toBe(500);
    expect(world.time.pending).toBe(0);
  });

  it('waits also for a socket that was let go before', async () => {
    const world = clientWorld({ lingerMs: 0 }, withoutClose);
    const release = world.client.connect();
    await settled();
    world.open();
    release();
    await world.time.advance(0);

    void world.client.close({ timeoutMs: 500 });
    await world.time.advance(499);
    const stateBefore = world.client.status.state;
    world.line.last().close(1000);

    expect(stateBefore).toBe('closing');
    expect(world.client.status.state).toBe('closed');
    expect(world.time.pending).toBe(0);
  });

  it('lets nobody open a line while it waits', async () => {
    const world = await openWorld({}, withoutClose);
    void world.client.close();

    world.client.connect();
    world.client.on('participantAdded', () => undefined);
    world.client.reconnect();
    watch(world.client.events$);
    await world.time.advance(60_000);

    expect(world.line.sockets).toHaveLength(1);
    expect(world.states).toEqual(['idle', 'connecting', 'connected', 'closing', 'closed']);
  });

  it('gives the same end to all who call it', async () => {
    const world = await openWorld();

    await Promise.all([world.client.close(), world.client.close(), world.client.close({ timeoutMs: 0 })]);
    await world.client.close();

    expect(world.states).toEqual(['idle', 'connecting', 'connected', 'closing', 'closed']);
  });

  it('can be called by a handler', async () => {
    const world = await openWorld();
    const calls: string[] = [];
    const closed: Promise<void>[] = [];
    world.client.on('participantAdded', () => closed.push(world.client.close()));
    world.client.on('participantAdded', () => calls.push(world.client.status.state));

    world.receive(added('ann'));
    await Promise.all(closed);

    expect(calls).toEqual(['connected']);
    expect(closed).toHaveLength(1);
    expect(remains(world)).toEqual(NOTHING);
  });

  it('can be called by whoever is asked for a token', async () => {
    const world: ClientWorld = clientWorld({
      getToken: () => {
        void world.client.close();
        return 'token';
      },
    });

    world.client.connect();
    await settled();

    expect(world.line.sockets).toEqual([]);
    expect(remains(world)).toEqual(NOTHING);
  });

  it('is what aborting the signal does', async () => {
    const abort = new AbortController();
    const world = await openWorld({ signal: abort.signal });
    const stream = watch(world.client.events$);

    abort.abort();
    await settled();

    expect(stream.end).toBe('completed');
    expect(remains(world)).toEqual(NOTHING);
  });

  it('was before the start when the signal is aborted already', async () => {
    const world = clientWorld({ signal: AbortSignal.abort() });

    world.client.connect();
    await settled();

    expect(world.line.sockets).toEqual([]);
    expect(remains(world)).toEqual(NOTHING);
  });

  it('takes its ear off the signals', async () => {
    const signals = [watchedSignal(), watchedSignal()] as const;
    const world = await openWorld({ signal: signals[0].signal });
    world.client.on('participantAdded', () => undefined, { signal: signals[1].signal });
    const before = signals.map(({ listeners }) => listeners.size);

    await world.client.close();

    expect(before).toEqual([1, 1]);
    expect(signals.map(({ listeners }) => listeners.size)).toEqual([0, 0]);
  });

  it('throws at the call for a time that is none', () => {
    const { client } = clientWorld();

    expect(() => client.close({ timeoutMs: -1 })).toThrow(RangeError);
    expect(() => client.close(null as never)).toThrow('options must be an object.');
    expect(() => client.close({ timeoutMs: NaN })).toThrow('timeoutMs must be a number of zero or more.');
    expect(client.status.state).toBe('idle');
  });
});

describe('a consumer that ends the client in the middle of a page', () => {
  it.each<[string, (client: Client) => unknown]>([
    ['close()', (client) => client.close()],
    ['endSession()', (client) => client.endSession().subscribe()],
  ])('is given nothing more after %s', async (_, end) => {
    const world = await openWorld();
    world.backend.logs.set('garden', sentFrom(0, 4));
    const told: unknown[] = [];
    world.client
      .conversation('garden')
      .messageEvents()
      .subscribe({
        next: ({ conversationEventId }) => {
          told.push(conversationEventId);
          if (conversationEventId === 1) end(world.client);
        },
        complete: () => told.push('completed'),
      });
    await settled();
    await world.time.advance(5_000);

    expect(told).toEqual([0, 1, 'completed']);
  });
});

describe('the status at the end', () => {
  it('says that the client is closing before its streams complete', async () => {
    const { client } = await openWorld();
    const states: string[] = [];
    client.events$.subscribe({ complete: () => states.push(client.status.state) });
    client
      .conversation('garden')
      .messageEvents()
      .subscribe({ complete: () => states.push(client.status.state) });
    await settled();

    await client.close();

    expect(states).toEqual(['closing', 'closing']);
  });

  it('says once that it is closing, however many want it', async () => {
    const world = await openWorld({}, withoutClose);
    world.client.endSession().subscribe();
    void world.client.close();
    await settled();

    expect(world.states.filter((state) => state === 'closing')).toHaveLength(1);
  });
});
