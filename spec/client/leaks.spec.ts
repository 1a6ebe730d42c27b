import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Subscription } from 'rxjs';
import { createClient } from '../../lib/client/createClient.js';
import type { Client } from '../../lib/client/Client.js';
import { FakeWebSocket } from '../../lib/testing/FakeWebSocket.js';
import { nodeWebSocket } from '../../lib/transport/nodeWebSocket.js';
import type { WebSocketCtor } from '../../lib/transport/WebSocketCtor.js';
import { until } from '../journey/until.js';
import { acceptSockets, endServers } from '../transport/wsServer.js';
import { clientWorld, openWorld } from '../support/clientWorld.js';
import { fakePlatform, type FakePlatform } from '../support/fakePlatform.js';
import { sent } from '../support/frames.js';
import { stillAlive } from '../support/stillAlive.js';
import { settled } from '../support/virtualTime.js';
import { watchedSignal } from '../support/watchedSignal.js';

const TIMES = 1_000;

/** Real sockets take real time. */
const REAL_TIMES = 200;

let platform: FakePlatform;

beforeEach(() => {
  platform = fakePlatform();
});

afterEach(() => {
  platform.remove();
  endServers();
});

/** What somebody who subscribes leaves in a client: what it calls. */
type Consumer = () => void;

const { signal, listeners } = watchedSignal();

/** Every way to want something, and back. */
const uses: readonly (readonly [string, (client: Client, consumer: Consumer) => () => void])[] = [
  ['a stream of one name', (client, next) => leaver(client.participantAdded$.subscribe(next))],
  ['events$', (client, next) => leaver(client.events$.subscribe(next))],
  ['unknownEvents$', (client, next) => leaver(client.unknownEvents$.subscribe(next))],
  ['decodeErrors$', (client, next) => leaver(client.decodeErrors$.subscribe(next))],
  ['handlerErrors$', (client, next) => leaver(client.handlerErrors$.subscribe(next))],
  ['status$', (client, next) => leaver(client.status$.subscribe(next))],
  ['reconnected$', (client, next) => leaver(client.reconnected$.subscribe(next))],
  ['me$', (client, next) => leaver(client.me$.subscribe(next))],
  ['on()', (client, handler) => client.on('participantAdded', handler)],
  ['on() with a signal', (client, handler) => client.on('participantAdded', handler, { signal })],
  [
    'on() and off()',
    (client, handler) => {
      client.on('profileUpdated', handler);
      return () => client.off('profileUpdated', handler);
    },
  ],
  [
    'messageEvents()',
    (client, next) => leaver(client.conversation('garden').messageEvents().subscribe(next)),
  ],
  ['a log', (client, next) => leaver(client.conversation('garden').log().events$.subscribe(next))],
  [
    'the status of a log',
    (client, next) => leaver(client.conversation('garden').log().status$.subscribe(next)),
  ],
  ['a request', (client, next) => leaver(client.rest.getProfile('ann').subscribe(next))],
];

const leaver = (subscription: Subscription) => (): void => subscription.unsubscribe();

/** Uses and leaves a client so many times; gives what was left behind by whom. */
const comeAndGo = (
  client: Client,
  use: (client: Client, consumer: Consumer) => () => void,
  staying: (index: number) => boolean = () => false,
): readonly WeakRef<Consumer>[] =>
  Array.from({ length: TIMES }, (_, index) => {
    // Each with a closure of its own: a function that captures nothing may be one and the same for all.
    const consumer = (): number => index;
    const leave = use(client, consumer);
    if (!staying(index)) leave();
    return new WeakRef<Consumer>(consumer);
  });

describe('a thousand that come and go', () => {
  it.each(uses)('leave nothing behind of %s', async (_what, use) => {
    const world = await openWorld();
    world.backend.logs.set('garden', [sent(0)]);
    const before = [world.time.pending, platform.ears.length, listeners.size];

    const consumers = comeAndGo(world.client, use);
    await world.time.advance(60_000);

    expect(await stillAlive(consumers)).toBe(0);
    expect([world.time.pending, platform.ears.length, listeners.size]).toEqual(before);
    expect(world.line.sockets).toHaveLength(1);
    await world.client.close();
    expect(world.time.pending).toBe(0);
  });

  it('are counted exactly: one in a hundred that does not go is found', async () => {
    const { client } = await openWorld();

    const consumers = comeAndGo(
      client,
      (_, next) => leaver(client.participantAdded$.subscribe(next)),
      (index) => index % 100 === 0,
    );

    expect(await stillAlive(consumers, TIMES / 100)).toBe(TIMES / 100);
    expect(client.status.state).toBe('connected');
  });
});

/** Sockets that nobody but the client holds, and that are open at once. */
const forgottenSockets = () => {
  const refs: WeakRef<FakeWebSocket>[] = [];
  const ctor = class extends FakeWebSocket {
    constructor(url: string) {
      super(url);
      refs.push(new WeakRef(this));
      queueMicrotask(() => this.accept());
    }
  };
  // A WebSocket in what clients do with one.
  return { refs, ctor: ctor as unknown as WebSocketCtor };
};

const cutNewest = (refs: readonly WeakRef<FakeWebSocket>[]): void => refs.at(-1)?.deref()?.break();

describe('a thousand reconnects', () => {
  it.each<[string, (client: Client, refs: readonly WeakRef<FakeWebSocket>[]) => void]>([
    ['after a line was lost', (_, refs) => cutNewest(refs)],
    ['by reconnect()', (client) => client.reconnect()],
  ])('%s leave no socket, no timer and no ear', async (_what, lose) => {
    const { refs, ctor } = forgottenSockets();
    const { client, time } = clientWorld({ webSocketCtor: ctor });
    client.connect();
    await settled();
    const before = [time.pending, platform.ears.length];

    for (let index = 0; index < TIMES; index += 1) {
      lose(client, refs);
      await time.advance(6_000);
    }

    expect(refs.length).toBeGreaterThan(TIMES);
    expect(client.status.state).toBe('connected');
    expect(await stillAlive(refs, 1)).toBe(1);
    expect([time.pending, platform.ears.length]).toEqual(before);
    await client.close();
    await time.advance(60_000);
    expect(await stillAlive(refs)).toBe(0);
    expect([time.pending, platform.ears.length]).toEqual([0, 0]);
  });

  it('over real sockets leave nothing that keeps the process busy', async () => {
    const refs: WeakRef<object>[] = [];
    const url = new URL(
      await acceptSockets((socket) => {
        socket.on('message', () => socket.terminate());
      }),
    );
    const timersBefore = timersOf(process);
    const client = createClient({
      apiSpaceId: 'space',
      getToken: () => 'token',
      webSocketBase: url.origin,
      webSocketCtor: remembered(nodeWebSocket(), refs),
      reconnect: { initialDelayMs: 0, stableAfterMs: 0 },
    });
    client.connect();

    for (let index = 0; index < REAL_TIMES; index += 1) {
      await until(client.status$, ({ state }) => state === 'connected');
      const lost = until(client.status$, ({ state }) => state !== 'connected');
      // Half of them by us, half by the server.
      if (index % 2 === 0) client.reconnect();
      else (refs.at(-1)?.deref() as WebSocket | undefined)?.send('cut me');
      await lost;
    }
    await until(client.status$, ({ state }) => state === 'connected');
    const whileOpen = await stillAlive(refs, 2);
    await client.close();

    expect(refs.length).toBeGreaterThan(REAL_TIMES);
    expect(whileOpen).toBeLessThanOrEqual(2);
    expect(await stillAlive(refs, 1)).toBeLessThanOrEqual(1);
    // Seen once: a timer that is gone a moment later. Whose it is is not known; one that stays fails this.
    for (let turns = 0; timersOf(process) > timersBefore && turns < 10_000; turns += 1) await settled();
    expect(platform.ears).toEqual([]);
    expect(timersOf(process)).toBeLessThanOrEqual(timersBefore);
  });
});

/** The same class, whose sockets are known and not held. */
const remembered = (ctor: WebSocketCtor, refs: WeakRef<object>[]): WebSocketCtor =>
  class extends ctor {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols);
      refs.push(new WeakRef(this));
    }
  };

const timersOf = ({ getActiveResourcesInfo }: NodeJS.Process): number =>
  getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
