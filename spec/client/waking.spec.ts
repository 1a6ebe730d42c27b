import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type SchedulerLike, Subject, VirtualTimeScheduler } from 'rxjs';
import { createClient } from '../../lib/client/createClient.js';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import type { WebSocketCtor } from '../../lib/transport/WebSocketCtor.js';
import { clientWorld, type ClientWorld, openWorld } from '../support/clientWorld.js';
import { fakePlatform, type FakePlatform } from '../support/fakePlatform.js';
import { fakeZone } from '../support/fakeZone.js';
import { sent } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

let platform: FakePlatform;

beforeEach(() => {
  platform = fakePlatform();
});

afterEach(() => {
  platform.remove();
});

const NETWORK = ['offline', 'online'];
const PAGE = ['pagehide', 'pageshow', 'resume', 'visibilitychange'];

/** A line that waits for its next attempt, ten seconds away. */
const waitingWorld = async (options: Partial<ClientOptions> = {}): Promise<ClientWorld> => {
  const world = await openWorld({ reconnect: { initialDelayMs: 20_000 }, ...options });
  world.line.last().close(1006);
  return world;
};

const wakes: readonly [string, () => void][] = [
  ['the network comes back', () => platform.goOnline()],
  ['the page is seen again', () => platform.show()],
  ['the page is taken out again', () => platform.takeOut()],
  ['the page thaws', () => platform.resume()],
];

describe('a line that waits', () => {
  it.each(wakes)('is tried at once when %s', async (_what, wake) => {
    const { line, states } = await waitingWorld();

    wake();
    await settled();

    expect(states.at(-1)).toBe('waiting');
    expect(line.sockets).toHaveLength(2);
  });

  it.each<[string, () => void]>([
    ['is no longer seen', () => platform.hide()],
    ['is loaded', () => platform.load()],
    ['is left', () => platform.unload()],
  ])('goes on waiting when the page %s', async (_what, happen) => {
    const { line } = await waitingWorld();

    happen();
    await settled();

    expect(line.sockets).toHaveLength(1);
  });

  it('is tried at once when the device has slept', async () => {
    let slept = 0;
    const clock = new VirtualTimeScheduler();
    const scheduler: SchedulerLike = {
      now: () => clock.now() + slept,
      schedule: (...timer: Parameters<SchedulerLike['schedule']>) => clock.schedule(...timer),
    };
    const { line } = await waitingWorld({
      scheduler,
      reconnect: { initialDelayMs: 40_000, maxDelayMs: 40_000 },
    });
    const run = (ms: number): void => {
      clock.maxFrames = clock.frame + ms;
      clock.flush();
    };

    run(5_000);
    slept = 3_600_000;
    run(5_000);
    await settled();

    expect(line.sockets).toHaveLength(2);
  });

  it('waits as long as the server has asked for, however often it is woken', async () => {
    const { line, time, client } = await waitingWorld({
      reconnect: { classify: () => ({ action: 'retry', afterMs: 10_000 }), initialDelayMs: 10_000 },
    });

    await time.advance(4_000);
    platform.goOnline();
    await time.advance(5_999);
    platform.show();
    const socketsBefore = line.sockets.length;
    await time.advance(1);

    expect(client.status).toEqual({ state: 'connecting', attempt: 2 });
    expect(socketsBefore).toBe(1);
    expect(line.sockets).toHaveLength(2);
  });
});

describe('while the device is offline', () => {
  it.each<[string, () => void]>([
    ['says so', () => platform.goOffline()],
    ['would say so', () => platform.claimOffline()],
  ])('nothing is tried and no token asked for, where the browser %s', async (_what, lose) => {
    const getToken = jest.fn(() => 'token');
    const { line, time, client, backend } = await openWorld({ getToken });
    watch(client.conversation('garden').messageEvents());
    await settled();
    const [callsBefore, requestsBefore] = [getToken.mock.calls.length, backend.requests.length];

    lose();
    line.last().close(1006);
    await time.advance(3_600_000);

    expect(client.status).toEqual({
      state: 'waiting',
      attempt: 2,
      retryAt: Infinity,
      cause: { kind: 'network', message: 'The device is offline.' },
    });
    expect(getToken).toHaveBeenCalledTimes(callsBefore);
    expect(backend.requests).toHaveLength(requestsBefore);
    platform.goOnline();
    await settled();
    expect(getToken).toHaveBeenCalledTimes(callsBefore + 1);
    expect(client.status).toEqual({ state: 'connecting', attempt: 2 });
  });

  it('the first attempt waits as well, and history with it', async () => {
    const getToken = jest.fn(() => 'token');
    const { client, line, time, backend } = clientWorld({ getToken });
    platform.claimOffline();

    const messages = watch(client.conversation('garden').messageEvents());
    backend.logs.set('garden', [sent(0)]);
    await time.advance(60_000);
    const before = [getToken.mock.calls.length, backend.requests.length, line.sockets.length];
    platform.goOnline();
    await settled();
    line.last().open();
    await settled();

    expect(before).toEqual([0, 0, 0]);
    expect(messages.values).toHaveLength(1);
  });

  it('being seen is no reason to try', async () => {
    const { line, time } = await waitingWorld();
    platform.goOffline();

    platform.show();
    platform.takeOut();
    await time.advance(60_000);

    expect(line.sockets).toHaveLength(1);
  });

  it('a line that works is left alone', async () => {
    const { client, line, time, receive } = await openWorld();
    const events = watch(client.events$);

    platform.goOffline();
    await time.advance(60_000);
    receive({ name: 'conversation.delete', conversationId: 'garden' });

    expect(line.last().readyState).toBe(1);
    expect(events.values).toHaveLength(1);
  });

  it('is a thing of the past once the browser does not say so any more, though it told nobody', async () => {
    const { line, states } = await waitingWorld();
    platform.goOffline();

    Object.assign(globalThis.navigator, { onLine: true });
    platform.show();
    await settled();

    expect(states.at(-1)).toBe('waiting');
    expect(line.sockets).toHaveLength(2);
  });
});

describe('a line that is open', () => {
  it.each(wakes)('says something when %s, so that a dead one is found', async (_what, wake) => {
    const { line } = await openWorld();

    wake();

    expect(line.last().sent).toHaveLength(1);
    expect(line.last().readyState).toBe(1);
  });

  it.each(wakes)('asks once where all conversations end when %s', async (_what, wake) => {
    const { client, backend, time, receive } = await openWorld();
    backend.logs.set('garden', [sent(0)]);
    const messages = watch(client.conversation('garden').messageEvents());
    await time.advance(3_000);
    backend.logs.set('garden', [sent(0), sent(1)]);
    backend.respond = ({ path }) =>
      path === '/conversations' ? { json: [{ id: 'garden', latestSentEventId: 1 }] } : undefined;
    const isList = (call: string): boolean => call === 'GET /conversations';

    wake();
    wake();
    await time.advance(1_000);

    expect(backend.calls.filter(isList)).toHaveLength(1);
    expect(messages.values).toHaveLength(2);
    receive(sent(1));
    expect(messages.values).toHaveLength(2);
  });

  it('is let go when the page is put away, and is there again when it is taken out', async () => {
    const { client, line, time, open } = await openWorld();
    const events = watch(client.events$);

    platform.putAway();
    await time.advance(60_000);
    const parked = client.status;
    const socketsBefore = line.sockets.length;
    platform.takeOut();
    await settled();
    open();
    line.last().message({ name: 'conversation.delete', conversationId: 'garden' });

    expect(line.sockets.map(({ closedBy }) => closedBy)).toEqual([{ code: 1000 }, undefined]);
    expect(parked).toMatchObject({ state: 'waiting', cause: { message: 'The page is put away.' } });
    expect(socketsBefore).toBe(1);
    expect(events.values).toHaveLength(1);
    expect(events.end).toBeUndefined();
  });
});

describe('the ears of a client', () => {
  it('are there while somebody wants the line, and no longer', async () => {
    const { client, open, time } = clientWorld();
    const before = platform.ears;

    const release = client.connect();
    await settled();
    const connecting = platform.ears;
    open();
    client.reconnect();
    await settled();
    const again = platform.ears;
    release();
    await time.advance(2_000);

    expect(before).toEqual([]);
    expect(connecting).toEqual([...NETWORK, ...PAGE].sort());
    expect(again).toEqual(connecting);
    expect(platform.ears).toEqual([]);
  });

  it.each<[string, Partial<ClientOptions>, readonly string[]]>([
    ['all', {}, [...NETWORK, ...PAGE]],
    ['those for the network', { wakeOn: { visible: false } }, NETWORK],
    ['those for the page', { wakeOn: { online: false } }, PAGE],
    ['none', { wakeOn: { online: false, visible: false } }, []],
    ['none', { wakeOn: false }, []],
  ])('are %s with %j', async (_what, options, ears) => {
    await openWorld(options);

    expect(platform.ears).toEqual([...ears].sort());
  });

  it.each<[string, Partial<ClientOptions>]>([
    ['as a whole', { wakeOn: false }],
    ['for the network', { wakeOn: { online: false } }],
  ])('do not keep a line from being tried offline, where they are not wanted %s', async (_what, options) => {
    platform.claimOffline();

    const { states } = await openWorld(options);

    expect(states).toEqual(['idle', 'connecting', 'connected']);
  });

  it('are taken off a line that has failed, and waking does not revive it', async () => {
    const { client, line, time } = await openWorld({ reconnect: false });
    line.last().close(1006);

    for (const [, wake] of wakes) wake();
    await time.advance(60_000);

    expect(platform.ears).toEqual([]);
    expect(client.status.state).toBe('failed');
    expect(line.sockets).toHaveLength(1);
  });

  it.each<[string, (world: ClientWorld) => unknown]>([
    ['closed', ({ client }) => client.close()],
    ['at the end of its session', ({ client }) => watch(client.endSession())],
  ])('are taken off a client that is %s, and waking does not bring it back', async (_what, end) => {
    const world = await openWorld();

    end(world);
    await world.time.advance(10_000);
    for (const [, wake] of wakes) wake();
    await world.time.advance(60_000);

    expect(platform.ears).toEqual([]);
    expect(world.line.sockets).toHaveLength(1);
    expect(world.time.pending).toBe(0);
  });

  it('are not there while the client is not enabled', async () => {
    const enabled = new Subject<boolean>();
    const { client } = clientWorld({ enabled });
    client.connect();
    enabled.next(false);
    const whileNot = platform.ears;

    enabled.next(true);
    await settled();

    expect(whileNot).toEqual([]);
    expect(platform.ears).toHaveLength(6);
  });

  it('are not in the zone', async () => {
    const { zone, inside, where } = fakeZone();
    const places: string[] = [];
    const add = window.addEventListener.bind(window);
    window.addEventListener = (...args: Parameters<typeof add>) => {
      places.push(where());
      add(...args);
    };
    const { client } = clientWorld({ zone });

    inside(() => client.connect());
    await settled();

    expect(new Set(places)).toEqual(new Set(['outside']));
  });
});

describe('a server that renders pages', () => {
  it('is not touched by a client that is not enabled', async () => {
    const client = createClient({ apiSpaceId: 'space', getToken: () => 'token', enabled: false });
    client.status$.subscribe();
    client.participantAdded$.subscribe();
    client.conversation('garden').messageEvents().subscribe();

    expect(platform.reads).toBe(0);
    await client.close();
    expect(platform.ears).toEqual([]);
  });
});

describe('a socket that can ping', () => {
  it('is pinged at once when something wakes the line', async () => {
    const pings: string[] = [];
    const pinging = (ctor: WebSocketCtor): WebSocketCtor =>
      class extends ctor {
        readonly on = (): void => undefined;
        readonly off = (): void => undefined;
        readonly ping = (): number => pings.push('ping');
      };
    const { line, time } = await openWorld({}, pinging);

    platform.goOnline();
    platform.show();
    const pingsAtOnce = pings.length;
    await time.advance(8_000);

    expect(pingsAtOnce).toBe(1);
    expect(line.sockets[0]?.readyState).toBeGreaterThan(1);
  });
});
