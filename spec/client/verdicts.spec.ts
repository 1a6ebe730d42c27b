import { describe, expect, it } from '@jest/globals';
import { firstValueFrom, type Observable } from 'rxjs';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import type { Client } from '../../lib/client/Client.js';
import { clientWorld, type ClientWorld, openWorld } from '../support/clientWorld.js';
import { added } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const dataStreams = (client: Client): readonly Observable<unknown>[] => [
  client.participantAdded$,
  client.events$,
  client.unknownEvents$,
  client.conversation('garden').messageEvents(),
];

const tellTales = (client: Client): readonly Observable<unknown>[] => [
  client.status$,
  client.reconnected$,
  client.decodeErrors$,
  client.handlerErrors$,
  client.me$,
];

const tokensOf = ({ line }: ClientWorld): readonly (string | null)[] =>
  line.sockets.map(({ url }) => new URL(url).searchParams.get('token'));

describe('a line that may heal', () => {
  it.each([1000, 1001, 1006, 1011, 1012, 4999])(
    'is opened again after close %i, and no stream hears of it',
    async (code) => {
      const world = await openWorld();
      world.backend.logs.set('garden', []);
      const streams = dataStreams(world.client).map(watch);

      world.line.last().close(code);
      await world.time.advance(20_000);
      world.open();
      world.receive(added('ann'));

      expect(streams.map(({ end }) => end)).toStrictEqual([undefined, undefined, undefined, undefined]);
      expect(streams[0]?.values).toHaveLength(1);
      expect(world.states).toEqual(['idle', 'connecting', 'connected', 'waiting', 'connecting', 'connected']);
    },
  );

  it('is replaced at once by reconnect()', async () => {
    const world = await openWorld();

    world.client.reconnect();
    await settled();
    world.open();

    expect(world.states).toEqual(['idle', 'connecting', 'connected', 'connecting', 'connected']);
    expect(world.line.sockets.map(({ readyState }) => readyState)).toEqual([3, 1]);
  });

  it('says once that it connects, where reconnect() replaces one that never opened', async () => {
    const world = clientWorld();
    world.client.connect();
    await settled();

    world.client.reconnect();
    await settled();
    world.open();

    expect(world.states).toEqual(['idle', 'connecting', 'connected']);
    expect(world.line.sockets).toHaveLength(2);
  });

  it('is tried at once by reconnect() while it waits', async () => {
    const world = await openWorld();
    world.line.last().close();
    const stateBefore = world.client.status.state;

    world.client.reconnect();
    await settled();
    world.open();

    expect(stateBefore).toBe('waiting');
    expect(world.client.status.state).toBe('connected');
    expect(world.line.sockets).toHaveLength(2);
  });

  it('that nobody wants is not opened by reconnect()', async () => {
    const { client, line, time } = clientWorld();

    client.reconnect();
    await time.advance(60_000);

    expect(line.sockets).toEqual([]);
    expect(client.status.state).toBe('idle');
  });
});

describe('a line that has failed', () => {
  it('errors every data stream and no tell-tale', async () => {
    const world = await openWorld({ reconnect: false });
    const streams = dataStreams(world.client).map(watch);
    const others = tellTales(world.client).map(watch);

    world.line.last().close(1011);
    await settled();

    expect(streams.map(({ end }) => end)).toEqual(Array.from({ length: 4 }, () => 'retries-exhausted'));
    expect(streams.every(({ error }) => error instanceof ComapiError)).toBe(true);
    expect(others.map(({ end }) => end)).toEqual(Array.from({ length: 5 }, () => undefined));
    expect(world.client.status).toEqual({ state: 'failed', error: streams[0]?.error });
  });

  it('gives whoever subscribes later the same error at once, and opens nothing', async () => {
    const world = await openWorld({ reconnect: false });
    world.line.last().close(1011);

    const late = dataStreams(world.client).map(watch);
    world.client.connect();
    await world.time.advance(60_000);

    expect(late.map(({ end }) => end)).toEqual(Array.from({ length: 4 }, () => 'retries-exhausted'));
    expect(world.line.sockets).toHaveLength(1);
    expect(world.time.pending).toBe(0);
    await expect(firstValueFrom(world.client.events$)).rejects.toMatchObject({ code: 'retries-exhausted' });
  });

  it('stays failed when somebody wants it after nobody did', async () => {
    const world = clientWorld({ reconnect: false, lingerMs: 0 });
    watch(world.client.events$);
    await settled();
    world.line.last().fail();
    await world.time.advance(0);

    world.client.connect();
    await world.time.advance(60_000);

    expect(world.line.sockets).toHaveLength(1);
    expect(world.client.status.state).toBe('failed');
  });

  it('is revived by reconnect() for those who still want it', async () => {
    const world = await openWorld({ reconnect: false });
    const handled: unknown[] = [];
    world.client.on('participantAdded', (event) => handled.push(event));
    world.line.last().close(1011);

    world.client.reconnect();
    await settled();
    world.open();
    const stream = watch(world.client.participantAdded$);
    world.receive(added('ann'));

    expect(world.states).toEqual(['idle', 'connecting', 'connected', 'failed', 'connecting', 'connected']);
    expect(handled).toHaveLength(1);
    expect(stream.values).toHaveLength(1);
  });

  it('that nobody wants any more becomes idle by reconnect(), and works for the next one', async () => {
    const world = clientWorld({ reconnect: false, lingerMs: 0 });
    watch(world.client.events$);
    await settled();
    world.open();
    world.line.last().close(1011);
    await world.time.advance(0);

    world.client.reconnect();
    const stateBetween = world.client.status.state;
    const stream = watch(world.client.participantAdded$);
    await settled();
    world.open();
    world.receive(added('ann'));

    expect(stateBetween).toBe('idle');
    expect(stream.values).toHaveLength(1);
  });

  it('is revived from within the error that tells of it', async () => {
    const world = await openWorld({ reconnect: false });
    world.client.events$.subscribe({ error: () => world.client.reconnect() });

    world.line.last().close(1011);
    await settled();
    world.open();

    expect(world.states).toEqual(['idle', 'connecting', 'connected', 'failed', 'connecting', 'connected']);
  });

  it('says so before the streams end', async () => {
    const world = await openWorld({ reconnect: false });
    const states: string[] = [];
    world.client.events$.subscribe({ error: () => states.push(world.client.status.state) });

    world.line.last().close(1011);

    expect(states).toEqual(['failed']);
  });

  it('without a WebSocket fails as soon as somebody wants it, and REST works', async () => {
    const { client } = clientWorld({ webSocketCtor: null });

    const stream = watch(client.events$);
    const profile = watch(client.rest.getProfile('ann'));
    await settled();

    expect(stream.end).toBe('no-websocket');
    expect(profile.end).toBe('completed');
  });

  it('without a readable address fails with invalid-url, which does not quote it', async () => {
    const { client } = clientWorld({ webSocketBase: 'no address' });

    const stream = watch(client.events$);
    await settled();

    expect(stream.end).toBe('invalid-url');
    expect(String(stream.error)).not.toContain('no address');
  });

  it('with an app that refuses a token fails with unauthorized', async () => {
    const { client, line, time } = clientWorld({ getToken: () => null });

    const stream = watch(client.events$);
    await time.advance(60_000);

    expect(stream.end).toBe('unauthorized');
    expect(line.sockets).toEqual([]);
  });
});

describe('a line whose token is refused', () => {
  it('asks for another one and goes on', async () => {
    const reasons: string[] = [];
    const world = clientWorld({
      getToken: ({ reason }) => {
        reasons.push(reason);
        return `token-${reasons.length}`;
      },
    });
    world.client.connect();
    await settled();
    world.open();

    world.line.last().close(4401);
    await world.time.advance(20_000);
    world.open();

    expect(reasons).toEqual(['first', 'unauthorized']);
    expect(tokensOf(world)).toEqual(['token-1', 'token-2']);
    expect(world.client.status.state).toBe('connected');
  });

  it('logs in anew where it has a session', async () => {
    const world = clientWorld({ authenticate: () => 'jwt' });
    world.client.connect();
    await settled();
    world.open();

    world.line.last().close(4401);
    await world.time.advance(20_000);
    world.open();

    expect(tokensOf(world)).toEqual(['session-1', 'session-2']);
    expect(world.client.status.state).toBe('connected');
  });

  it('fails when the next one is refused too', async () => {
    const world = await openWorld();
    const stream = watch(world.client.events$);

    world.line.last().close(4401);
    await world.time.advance(20_000);
    world.line.last().close(4401);

    expect(stream.end).toBe('unauthorized');
    expect(world.line.sockets).toHaveLength(2);
  });

  it('finds out by a request where the platform does not tell why a handshake failed', async () => {
    let count = 0;
    const world = clientWorld({ getToken: () => `token-${(count += 1)}`, profileId: 'me' });
    world.backend.respond = ({ token }) => (token === 'token-1' ? { status: 401 } : undefined);
    world.client.connect();
    await settled();

    world.line.last().fail();
    await world.time.advance(2_000);
    world.open();

    expect(world.backend.requests.map(({ path, token }) => [path, token])).toEqual([
      ['/profiles/me', 'token-1'],
      ['/profiles/me', 'token-2'],
    ]);
    expect(world.client.status.state).toBe('connected');
  });

  it('fails when that request is refused twice', async () => {
    const world = clientWorld();
    world.backend.respond = () => ({ status: 401 });
    const stream = watch(world.client.events$);
    await settled();

    world.line.last().fail();
    await world.time.advance(2_000);

    expect(stream.end).toBe('unauthorized');
    expect(world.line.sockets).toHaveLength(1);
    expect(world.backend.calls).toHaveLength(2);
  });

  it('goes on when that request fails for another reason, and makes one for each such attempt', async () => {
    const world = clientWorld();
    world.backend.respond = () => ({ status: 500 });
    world.client.connect();
    await settled();

    for (const expected of [1, 2, 3]) {
      world.line.last().fail();
      await world.time.advance(20_000);
      expect(world.line.sockets).toHaveLength(expected + 1);
      expect(world.backend.calls).toHaveLength(expected);
    }
  });

  it('makes no such request where the close code says it', async () => {
    const world = clientWorld();
    world.client.connect();
    await settled();

    world.line.last().close(4401);
    await world.time.advance(2_000);

    expect(world.line.sockets).toHaveLength(2);
    expect(world.backend.calls).toEqual([]);
  });

  it('makes no such request after a line that was open', async () => {
    const world = await openWorld();

    world.line.last().close();
    await world.time.advance(2_000);

    expect(world.line.sockets).toHaveLength(2);
    expect(world.backend.calls).toEqual([]);
  });
});
