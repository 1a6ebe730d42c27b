import { describe, expect, it } from '@jest/globals';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import { createClient } from '../../lib/client/createClient.js';
import { clientWorld, openWorld } from '../support/clientWorld.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const getToken = (): string => 'token';
const valid = { apiSpaceId: 'space', getToken };

/** As a caller without types would give them. */
const create = (options: unknown): unknown => createClient(options as ClientOptions);

describe('options', () => {
  it.each([
    ['nothing at all', undefined, TypeError],
    ['no API space', { getToken }, TypeError],
    ['an empty API space', { ...valid, apiSpaceId: '' }, TypeError],
    ['an API space that is no string', { ...valid, apiSpaceId: 7 }, TypeError],
    ['no way to log in', { apiSpaceId: 'space' }, TypeError],
    ['two ways to log in', { ...valid, authenticate: getToken }, TypeError],
    ['a token instead of a function', { ...valid, getToken: 'token' }, TypeError],
    ['a profile that is no string', { ...valid, profileId: 7 }, TypeError],
    ['an empty profile', { ...valid, profileId: '' }, TypeError],
    ['a fetch that is no function', { ...valid, fetch: {} }, TypeError],
    ['sockets that are no class', { ...valid, webSocketCtor: {} }, TypeError],
    ['an enabled that is neither', { ...valid, enabled: 'yes' }, TypeError],
    ['another protocol for REST', { ...valid, urlBase: 'ftp://api.example' }, TypeError],
    ['another protocol for the socket', { ...valid, webSocketBase: 'https://api.example' }, TypeError],
    ['REST without encryption', { ...valid, urlBase: 'http://api.example' }, TypeError],
    ['a socket without encryption', { ...valid, webSocketBase: 'ws://api.example' }, TypeError],
    ['a negative lingerMs', { ...valid, lingerMs: -1 }, RangeError],
    ['a connectTimeoutMs of NaN', { ...valid, connectTimeoutMs: NaN }, RangeError],
    ['a requestTimeoutMs that is no number', { ...valid, requestTimeoutMs: '5' }, RangeError],
    ['a negative maxMessageBytes', { ...valid, maxMessageBytes: -1 }, RangeError],
    ['a negative initialDelayMs', { ...valid, reconnect: { initialDelayMs: -1 } }, RangeError],
    ['a negative maxDelayMs', { ...valid, reconnect: { maxDelayMs: -1 } }, RangeError],
    ['a negative maxAttempts', { ...valid, reconnect: { maxAttempts: -1 } }, RangeError],
    ['a negative stableAfterMs', { ...valid, reconnect: { stableAfterMs: -1 } }, RangeError],
    ['a negative intervalMs', { ...valid, heartbeat: { intervalMs: -1 } }, RangeError],
    ['a negative timeoutMs', { ...valid, heartbeat: { timeoutMs: -1 } }, RangeError],
    ['a page of nothing', { ...valid, history: { pageSize: 0 } }, RangeError],
    ['a negative holeGraceMs', { ...valid, history: { holeGraceMs: -1 } }, RangeError],
    ['no request at all at once', { ...valid, history: { maxConcurrent: 0 } }, RangeError],
    ['a negative keepAliveMs', { ...valid, history: { keepAliveMs: -1 } }, RangeError],
  ])('refuse %s with a sentence', (_what, options, kind) => {
    expect(() => create(options)).toThrow(kind);
    expect(() => create(options)).toThrow(/\w+ .*\.$/);
  });

  it('count as absent when they are undefined', async () => {
    const undefinedOptions = Object.fromEntries(
      [
        ...[
          'urlBase',
          'webSocketBase',
          'authenticate',
          'profileId',
          'sessionStore',
          'enabled',
          'allowInsecure',
        ],
        ...['eventAliases', 'lingerMs', 'connectTimeoutMs', 'requestTimeoutMs', 'reconnect', 'heartbeat'],
        ...['maxMessageBytes', 'history', 'random', 'zone', 'logger', 'signal'],
      ].map((name) => [name, undefined]),
    );
    const world = clientWorld({ ...undefinedOptions, ...valid });

    watch(world.client.conversation('garden').messageEvents({ ...{ after: undefined } } as object));
    await settled();
    world.open();

    expect(world.client.status.state).toBe('connected');
    expect(world.line.last().url).toBe('wss://api.comapi.com/apispaces/space/socket?token=token');
  });

  it('count as absent when they are undefined further down', () => {
    const reconnect = { initialDelayMs: undefined, classify: undefined };
    const history = { pageSize: undefined, maxConcurrent: undefined, keepAliveMs: undefined };

    expect(() =>
      create({ ...valid, reconnect, history, heartbeat: { intervalMs: undefined } }),
    ).not.toThrow();
  });

  it.each(['ws://localhost:1', 'ws://127.0.0.1', 'ws://127.8.8.8:80', 'ws://[::1]:7'])(
    'allow %s, which never leaves the machine',
    (webSocketBase) => {
      const urlBase = webSocketBase.replace('ws:', 'http:');

      expect(() => create({ ...valid, webSocketBase, urlBase })).not.toThrow();
    },
  );

  it.each(['ws://localhost.example', 'ws://127.0.0.1.example', 'ws://127.example'])(
    'are not taken in by %s',
    (webSocketBase) => {
      expect(() => create({ ...valid, webSocketBase })).toThrow('webSocketBase is not encrypted');
    },
  );

  it('allow lines without encryption to whoever insists', async () => {
    const world = await openWorld({ webSocketBase: 'ws://api.example/', allowInsecure: true });

    expect(world.line.last().url).toBe('ws://api.example/apispaces/space/socket?token=token');
  });

  it('are put into addresses encoded', async () => {
    const world = await openWorld({ apiSpaceId: 'a/b', getToken: () => 'a&b=c' });

    expect(world.line.last().url).toBe('wss://api.comapi.com/apispaces/a%2Fb/socket?token=a%26b%3Dc');
  });

  it('reach the line: times, heartbeat, size and attempts', async () => {
    const world = clientWorld({
      connectTimeoutMs: 1_000,
      reconnect: { initialDelayMs: 100, maxDelayMs: 100, maxAttempts: 2 },
    });
    const stream = watch(world.client.events$);

    await world.time.advance(1_000);
    const stateAfterTimeout = world.client.status;
    await world.time.advance(5_000);

    expect(stateAfterTimeout).toMatchObject({ state: 'waiting', attempt: 2, retryAt: 1_050 });
    expect(stream.end).toBe('retries-exhausted');
    expect(world.line.sockets).toHaveLength(2);
  });

  it('reach the heartbeat', async () => {
    const quiet = await openWorld({ heartbeat: false });
    const usual = await openWorld();

    await quiet.time.advance(60_000);
    await usual.time.advance(60_000);

    expect(quiet.line.last().sent).toEqual([]);
    expect(usual.line.last().sent).toHaveLength(1);
  });

  it('reach requests', async () => {
    const world = clientWorld({ urlBase: 'https://rest.example', requestTimeoutMs: 100 });
    world.backend.respond = () => new Promise(() => undefined);

    const profile = watch(world.client.rest.getProfile('ann'));
    await world.time.advance(100);

    expect(profile.end).toBe('timeout');
  });

  it('may overrule verdicts', async () => {
    const world = await openWorld({
      reconnect: {
        classify: ({ closeCode }) => ({ action: 'stop', code: closeCode === 4000 ? 'refused' : 'http' }),
      },
    });
    const stream = watch(world.client.events$);

    world.line.last().close(4000);

    expect(stream.end).toBe('refused');
  });
});

describe('arguments', () => {
  it.each([
    ['a conversation without an id', '', RangeError],
    ['a conversation that is no string', 7, TypeError],
    ['a conversation nobody gave', undefined, TypeError],
    ['a conversation that is a step in a path', '..', RangeError],
  ])('refuse %s at the call', (_what, id, kind) => {
    const { client } = clientWorld();

    expect(() => client.conversation(id as string)).toThrow(kind);
  });

  it.each([-2, 0.5, NaN, Infinity, '5'])('refuse to start after %p at the call', (after) => {
    const garden = clientWorld().client.conversation('garden');

    expect(() => garden.log({ after: after as number })).toThrow(RangeError);
    expect(() => garden.messageEvents({ after: after as number })).toThrow(RangeError);
  });
});
