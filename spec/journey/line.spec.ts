import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { BehaviorSubject, firstValueFrom, interval, map } from 'rxjs';
import { createClient } from '../../lib/client/createClient.js';
import type { Client } from '../../lib/client/Client.js';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import { startServer } from '../../lib/server/startServer.js';
import { nodeWebSocket } from '../../lib/transport/nodeWebSocket.js';
import type { WebSocketCtor } from '../../lib/transport/WebSocketCtor.js';
import { watch, type Watched } from '../support/watch.js';
import { acceptSockets, answerHandshakes, endServers, half, stayMute } from '../transport/wsServer.js';
import { until } from './until.js';

const endings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(endings.splice(0).map((end) => end()));
  endServers();
});

/** A client of whatever is at this address, which tries again soon. */
const clientOf = (url: string, options: Partial<ClientOptions> = {}): Client => {
  const client = createClient({
    apiSpaceId: 'space',
    getToken: () => 'token',
    webSocketBase: new URL(url).origin,
    webSocketCtor: nodeWebSocket(),
    reconnect: { initialDelayMs: 10, maxDelayMs: 50 },
    ...options,
  });
  endings.push(() => client.close());
  return client;
};

const startLocal = async () => {
  const server = await startServer({ seed: 5 });
  endings.push(() => server.close());
  const garden = server.createConversation({ participants: ['ann', 'bob'] });
  const at = {
    apiSpaceId: server.apiSpaceId,
    urlBase: server.urlBase,
    getToken: () => server.issueToken('ann'),
  };
  return { server, garden, at };
};

/** The socket of a browser: it cannot ping, and tells nothing of a refused handshake. */
const browserSocket = (): WebSocketCtor => {
  const hidden = ['ping', 'on', 'off', 'terminate', 'refusal'];
  const Plain = nodeWebSocket();
  const ctor = function (url: string): WebSocket {
    const socket = new Plain(url);
    return new Proxy(socket, {
      get: (target, name) => {
        if (hidden.includes(String(name))) return undefined;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
      set: (target, name, value) => Reflect.set(target, name, value, target),
      has: (target, name) => !hidden.includes(String(name)) && Reflect.has(target, name),
    });
  };
  // To be called with `new`, as a class is.
  return ctor as unknown as WebSocketCtor;
};

const waits = ({ values }: Watched<Client['status']>): readonly string[] =>
  values.flatMap((status) => (status.state === 'waiting' ? [status.cause.kind] : []));

describe('a server that never upgrades', () => {
  it('is given more time at each attempt, and hung up on after each', async () => {
    const hungUp$ = new BehaviorSubject(0);
    const client = clientOf(
      await stayMute((socket: Socket) => {
        socket.resume().on('close', () => hungUp$.next(hungUp$.value + 1));
      }),
      { connectTimeoutMs: 200, reconnect: { initialDelayMs: 1, maxDelayMs: 1 } },
    );
    const statuses = watch(client.status$.pipe(map((status) => ({ ...status, at: performance.now() }))));

    client.connect();
    await until(client.status$, (status) => status.state === 'connecting' && status.attempt === 4);
    await until(hungUp$, (count) => count >= 3);

    expect(waits(statuses)).toEqual(['timeout', 'timeout', 'timeout']);
    const patience = statuses.values.flatMap(({ state, at }, index) =>
      state === 'waiting' ? [at - (statuses.values[index - 1]?.at ?? at)] : [],
    );
    // A slow machine makes each longer, and none shorter.
    expect(patience.map((ms, index) => ms > 200 * (index + 1) - 10)).toEqual([true, true, true]);
  });
});

describe('a server that greets and drops', () => {
  it('is not run down, and what it says is heard', async () => {
    const greetings: number[] = [];
    const url = await acceptSockets((socket) => {
      greetings.push(performance.now());
      socket.send('{"name":"conversation.delete","conversationId":"garden"}');
      socket.close(1011);
    });
    const client = clientOf(url, {
      reconnect: { initialDelayMs: 20, maxDelayMs: 100_000 },
      random: () => 0.99,
    });
    const events = watch(client.events$);

    await until(client.status$, (status) => status.state === 'connecting' && status.attempt === 6);

    expect(events.values.length).toBeGreaterThanOrEqual(5);
    expect(events.end).toBeUndefined();
    const gaps = greetings.slice(1).map((at, index) => at - (greetings[index] ?? 0));
    // 20, 40, 80, 160 and 320 ms: each wait is at least as long as all those before it.
    expect(gaps.at(-1)).toBeGreaterThan(150);
    expect(greetings).toHaveLength(5);
  });
});

describe('a server that answers 401 for ever', () => {
  it('ends the line at the second time: nobody waits for ever, and reconnect() tries again', async () => {
    const reasons: string[] = [];
    const { server, garden, at } = await startLocal();
    server.setFaults({ refuseSockets: 401 });
    const client = clientOf(server.webSocketBase, {
      ...at,
      getToken: ({ reason }) => {
        reasons.push(reason);
        return at.getToken();
      },
    });

    const first = firstValueFrom(client.conversation(garden).messageEvents());
    await expect(first).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(firstValueFrom(client.events$)).rejects.toMatchObject({ code: 'unauthorized' });
    const failed = client.status.state;
    server.setFaults({});
    await expect(firstValueFrom(client.events$)).rejects.toMatchObject({ code: 'unauthorized' });
    client.reconnect();
    const messages = watch(client.conversation(garden).messageEvents());
    server.publish(garden, { from: 'bob', text: 'welcome' });
    await until(client.conversation(garden).messageEvents(), () => true);

    expect(failed).toBe('failed');
    expect(reasons.slice(0, 2)).toEqual(['first', 'unauthorized']);
    expect(messages.end).toBeUndefined();
  });
});

describe('a server that answers 503 with Retry-After', () => {
  it('is left alone for so long', async () => {
    const asked: number[] = [];
    const client = clientOf(
      await answerHandshakes(() => {
        asked.push(performance.now());
        return '503 Service Unavailable\r\nRetry-After: 1';
      }),
    );
    const statuses = watch(client.status$);

    client.connect();
    await until(client.status$, (status) => status.state === 'waiting' && status.attempt === 3);

    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(990);
    expect(statuses.values).toContainEqual(
      expect.objectContaining({ cause: expect.objectContaining({ status: 503, retryAfterMs: 1_000 }) }),
    );
  });
});

describe('a line that goes dead without a word', () => {
  it('is found by ping in Node, and the log goes on', async () => {
    const { server, garden, at } = await startLocal();
    const { url, cutSilently } = await half(server.webSocketBase);
    const client = clientOf(url, { ...at, heartbeat: { intervalMs: 100, timeoutMs: 1_000 } });
    const statuses = watch(client.status$);
    const messages = client.conversation(garden).messageEvents();
    const both = firstValueFrom(messages.pipe(map(({ conversationEventId }) => conversationEventId)));
    server.publish(garden, { from: 'bob', text: 'before' });
    await both;
    const back = until(client.reconnected$, () => true);

    const later = until(client.conversation(garden).messageEvents({ after: 0 }), () => true);
    await until(client.status$, ({ state }) => state === 'connected');
    cutSilently();
    await back;
    server.publish(garden, { from: 'bob', text: 'after' });

    expect((await later).conversationEventId).toBe(1);
    expect(waits(statuses)).toEqual(['timeout']);
  });

  it.each<[string, boolean]>([
    ['by what history shows', false],
    ['by a message of one’s own that does not come back', true],
  ])('is found in a browser %s', async (_what, sends) => {
    const { server, garden, at } = await startLocal();
    const client = clientOf(server.webSocketBase, {
      ...at,
      webSocketCtor: browserSocket(),
      heartbeat: { timeoutMs: 300 },
      history: { confirmProbeMs: 100, idleProbeMs: sends ? 60_000 : 300, holeGraceMs: 200 },
    });
    const statuses = watch(client.status$);
    const log = client.conversation(garden).log();
    const messages = watch(log.events$);
    server.publish(garden, { from: 'bob', text: 'before' });
    await until(log.status$, ({ state, cursor }) => state === 'live' && cursor === 0);
    const looks = (): number => server.requests.filter(({ path }) => path.endsWith('/events')).length;
    const looksBefore = looks();
    // Looks that found nothing new have shown where the log ends.
    await until(interval(10).pipe(map(looks)), (now) => now >= looksBefore + (sends ? 1 : 2));

    server.setFaults({ halfOpen: true });
    if (sends) await firstValueFrom(client.rest.sendMessage(garden, 'hello?'));
    else server.publish(garden, { from: 'bob', text: 'unheard' });
    const back = until(client.reconnected$, () => true);
    await until(client.status$, ({ state }) => state === 'waiting');
    server.setFaults({});
    await back;
    await until(log.status$, ({ state, cursor }) => state === 'live' && cursor === 1);

    expect(waits(statuses)[0]).toBe('timeout');
    expect(messages.values).toHaveLength(2);
  });
});

describe('a frame from nowhere', () => {
  it.each<[string, string]>([
    ['a megabyte of brackets', '['.repeat(1_000_000)],
    ['a deep envelope', `{"name":"x","payload":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    [
      'a deep envelope of a known name',
      `{"name":"profile.update","payload":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
    ],
    ['a frame that is nearly too big', `{"name":"x","payload":"${'x'.repeat(1_040_000)}"}`],
  ])('costs no line: %s', async (_what, frame) => {
    let sockets = 0;
    const client = clientOf(
      await acceptSockets((socket) => {
        sockets += 1;
        socket.send(frame);
        socket.send('{"name":"conversation.delete","conversationId":"garden"}');
      }),
    );
    watch(client.decodeErrors$);
    watch(client.unknownEvents$);
    watch(client.profileUpdated$);

    const after = await until(client.conversationDeleted$, () => true);

    expect(after).toEqual({ conversationId: 'garden' });
    expect(sockets).toBe(1);
  });
});
