import { describe, expect, it } from '@jest/globals';
import { type Observable, type Observer, of } from 'rxjs';
import type { Client } from '../../lib/client/Client.js';
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
    ['an autoDeliver that is neither', { ...valid, autoDeliver: 'yes' }, TypeError],
    ['null', null, TypeError],
    ['an API space that is a step in a path', { ...valid, apiSpaceId: '..' }, RangeError],
    ['an API space that is the same place', { ...valid, apiSpaceId: '.' }, RangeError],
    ['an API space with half a pair', { ...valid, apiSpaceId: 'a\ud800' }, RangeError],
    ['a login of null', { ...valid, authenticate: null }, TypeError],
    ['a place for REST that is no string', { ...valid, urlBase: 5 }, TypeError],
    ['a place for sockets that is null', { ...valid, webSocketBase: null }, TypeError],
    ['an empty history', { ...valid, history: null }, TypeError],
    ['a history that is a number', { ...valid, history: 5 }, TypeError],
    ['parts of a request at once', { ...valid, history: { maxConcurrent: 1.5 } }, RangeError],
    ['a signal of true', { ...valid, signal: true }, TypeError],
    ['a signal that nobody can listen to', { ...valid, signal: { aborted: false } }, TypeError],
    ['a reconnect of true', { ...valid, reconnect: true }, TypeError],
    ['a reconnect of null', { ...valid, reconnect: null }, TypeError],
    ['a reconnect of 5', { ...valid, reconnect: 5 }, TypeError],
    ['a classify that is no function', { ...valid, reconnect: { classify: 'retry' } }, TypeError],
    ['half an attempt', { ...valid, reconnect: { maxAttempts: 1.5 } }, RangeError],
    ['a wakeOn of true', { ...valid, wakeOn: true }, TypeError],
    ['a wakeOn.online of 1', { ...valid, wakeOn: { online: 1 } }, TypeError],
    ['a heartbeat of true', { ...valid, heartbeat: true }, TypeError],
    ['a heartbeat of null', { ...valid, heartbeat: null }, TypeError],
    ['a scheduler without a clock', { ...valid, scheduler: { schedule: getToken } }, TypeError],
    ['a scheduler without timers', { ...valid, scheduler: { now: getToken } }, TypeError],
    ['a logger of true', { ...valid, logger: true }, TypeError],
    ['a logger of one level', { ...valid, logger: { warn: getToken } }, TypeError],
    ['a zone without a way out', { ...valid, zone: { run: getToken } }, TypeError],
    ['aliases that are a list', { ...valid, eventAliases: ['chat'] }, TypeError],
    ['aliases without a list', { ...valid, eventAliases: { conversation: 'chat' } }, TypeError],
    ['aliases that are no names', { ...valid, eventAliases: { conversation: [5] } }, TypeError],
    [
      'a store that only loads',
      { apiSpaceId: 'space', authenticate: getToken, sessionStore: { load: getToken } },
      TypeError,
    ],
    ['a store for no session', { ...valid, sessionStore: { load: getToken, save: getToken } }, TypeError],
    ['an allowInsecure of 1', { ...valid, allowInsecure: 1 }, TypeError],
    ['an enabled of null', { ...valid, enabled: null }, TypeError],
    ['sockets that are a name', { ...valid, webSocketCtor: 'ws' }, TypeError],
    ['a random that is a number', { ...valid, random: 0.5 }, TypeError],
  ])('refuse %s with a sentence', (_what, options, kind) => {
    expect(() => create(options)).toThrow(kind);
    expect(() => create(options)).toThrow(/\w+ .*\.$/);
    expect(() => create(options)).not.toThrow(/undefined|destructure|not iterable/);
  });

  it('take what looks like an Observable: it may come from another copy of RxJS', async () => {
    const enabled$ = of(true);
    const foreign = {
      subscribe: (observer: Observer<boolean>) => enabled$.subscribe(observer),
      pipe: enabled$.pipe.bind(enabled$),
    } as unknown;

    const world = await openWorld({ enabled: foreign as Observable<boolean> });

    expect(world.client.status.state).toBe('connected');
  });

  it.each(['::no', '', '/relative', 'https://ann:secret@api.example'])(
    'end the line and each request where REST is at %p',
    async (urlBase) => {
      const world = clientWorld({ authenticate: () => 'jwt', urlBase });
      const events = watch(world.client.events$);
      const profile = watch(world.client.rest.getProfile('ann'));

      await settled();

      expect(profile.end).toBe('invalid-url');
      expect(events.end).toBe('invalid-url');
      expect(world.client.status.state).toBe('failed');
    },
  );

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
        ...[
          'eventAliases',
          'lingerMs',
          'connectTimeoutMs',
          'requestTimeoutMs',
          'reconnect',
          'heartbeat',
          'wakeOn',
        ],
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

  it.each<[unknown]>([[null], [5]])('refuse %p instead of options at the call', (options) => {
    const garden = clientWorld().client.conversation('garden');
    const refusal = new TypeError('options must be an object.');

    expect(() => garden.log(options as object)).toThrow(refusal);
    expect(() => garden.messageEvents(options as object)).toThrow(refusal);
    expect(() => garden.iterate(options as object)).toThrow(refusal);
  });

  it('refuse a start of null, and a signal that is none, at the call', () => {
    const garden = clientWorld().client.conversation('garden');

    expect(() => garden.messageEvents({ after: null } as object)).toThrow(RangeError);
    expect(() => garden.iterate({ signal: true } as object)).toThrow(TypeError);
  });

  it.each([
    [
      'a handler to take off that is no function',
      'handler',
      ({ off }) => off('participantAdded', 5 as never),
    ],
    ['options of null', 'options', ({ on }) => on('participantAdded', getToken, null as never)],
    [
      'a signal that is none',
      'signal',
      ({ on }) => on('participantAdded', getToken, { signal: true as never }),
    ],
    ['a once of 1', 'once', ({ on }) => on('participantAdded', getToken, { once: 1 as never })],
  ] satisfies [string, string, (client: Client) => unknown][])(
    'of on and off refuse %s at the call',
    (_what, name, act) => {
      const { client } = clientWorld();

      expect(() => act(client)).toThrow(TypeError);
      expect(() => act(client)).toThrow(new RegExp(`${name} .*must be`));
    },
  );
});
