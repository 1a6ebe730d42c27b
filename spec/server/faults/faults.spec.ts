import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { ear, handshakeStatus, socketOf, type Ear, type Heard } from '../support/ear.js';
import { person, type Answer } from '../support/person.js';
import { servers } from '../support/servers.js';
import type { LocalServer, ServerOptions } from '../../../lib/server.js';

const start = servers();

const withGarden = async (options?: ServerOptions): Promise<LocalServer> => {
  const server = await start(options);
  server.createConversation({ id: 'c1', participants: ['ann', 'bob'] });
  return server;
};
const send = (server: LocalServer, count: number): void =>
  Array.from({ length: count }, () => server.publish('c1', { from: 'bob', text: 'x' })).forEach(() => {});
const idsOf = (frames: readonly Heard[]): readonly unknown[] =>
  frames.map((frame) => frame['conversationEventId']);
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, id) => id);
const eventIds = async (server: LocalServer, query = ''): Promise<readonly unknown[]> =>
  idsOf((await person(server, 'ann')('GET', `/conversations/c1/events${query}`)).body as Heard[]);

describe('lose', () => {
  it('loses frames at its rate, and says how many', async () => {
    const server = await withGarden({ seed: 3, faults: { lose: 0.3 } });
    const ann = await ear(server, 'ann');
    send(server, 200);
    const heard = await ann.untilNow();
    const lost = server.faultCounts['lose'] ?? 0;

    expect(lost).toBeGreaterThan(40);
    expect(lost).toBeLessThan(80);
    expect(heard).toHaveLength(200 - lost);
  });

  it('loses the same frames from the same seed', async () => {
    const run = async (seed: number): Promise<readonly unknown[]> => {
      const server = await withGarden({ seed, faults: { lose: 0.5 } });
      const ann = await ear(server, 'ann');
      send(server, 30);
      return idsOf(await ann.untilNow());
    };
    const [first, again, other] = [await run(5), await run(5), await run(6)];

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('decides for each socket', async () => {
    const server = await withGarden({ faults: { lose: 0.5 } });
    const [one, two] = [await ear(server, 'ann'), await ear(server, 'ann')];
    send(server, 30);

    expect(idsOf(await one.untilNow())).not.toEqual(idsOf(await two.untilNow()));
  });
});

describe('repeat', () => {
  it('sends every frame twice at a rate of 1', async () => {
    const server = await withGarden({ faults: { repeat: 1 } });
    const ann = await ear(server, 'ann');
    server.setFaults({ repeat: 1 });
    send(server, 3);

    expect(idsOf(await ann.untilNow())).toEqual([0, 0, 1, 1, 2, 2]);
    expect(server.faultCounts).toMatchObject({ repeat: 3, lose: 0 });
  });
});

describe('swap', () => {
  it('lets each second frame overtake the first at a rate of 1', async () => {
    const server = await withGarden({ faults: { swap: 1 } });
    const ann = await ear(server, 'ann');
    send(server, 6);

    expect(idsOf(await ann.untilNow())).toEqual([1, 0, 3, 2, 5, 4]);
    expect(server.faultCounts['swap']).toBe(3);
  });

  it('counts each frame that was overtaken, and no other', async () => {
    const server = await withGarden({ faults: { swap: 0.3 } });
    const ann = await ear(server, 'ann');
    send(server, 100);
    const ids = (await ann.named('conversationMessage.sent', 100)).map((frame) =>
      Number(frame['conversationEventId']),
    );
    const overtaken = ids.filter((id, index) => id < Math.max(...ids.slice(0, index)));

    expect(overtaken.length).toBeGreaterThan(10);
    expect(server.faultCounts['swap']).toBe(overtaken.length);
  });

  it('lets a frame out that nobody comes to overtake, and does not count it', async () => {
    const server = await withGarden({ faults: { swap: 1 } });
    const ann = await ear(server, 'ann');
    send(server, 1);

    expect(idsOf(await ann.named('conversationMessage.sent'))).toEqual([0]);
    expect(server.faultCounts['swap']).toBe(0);
  });
});

describe('delayMs', () => {
  it('delays, and keeps the order', async () => {
    const server = await withGarden({ faults: { delayMs: 40 } });
    const ann = await ear(server, 'ann');
    send(server, 20);

    expect(idsOf(await ann.untilNow())).toEqual(upTo(20));
    expect(server.faultCounts['delayMs']).toBe(20);
  });
});

describe('pushDelayAfterOpenMs', () => {
  it('pushes nothing that happens too soon after the open, ever', async () => {
    const server = await withGarden({ faults: { pushDelayAfterOpenMs: 60_000 } });
    const ann = await ear(server, 'ann');
    send(server, 2);
    server.setFaults({});
    send(server, 1);

    expect(idsOf(await ann.untilNow())).toEqual([2]);
    expect(server.faultCounts['pushDelayAfterOpenMs']).toBe(2);
  });

  it('is over after its time', async () => {
    const server = await withGarden({ faults: { pushDelayAfterOpenMs: 30 } });
    const ann = await ear(server, 'ann');
    const spoken = (async () => {
      while (ann.heard.length === 1) {
        send(server, 1);
        await new Promise(setImmediate);
      }
    })();

    expect(idsOf(await ann.named('conversationMessage.sent'))[0]).toBeGreaterThan(0);
    await spoken;
  });
});

describe('holes', () => {
  it('use up ids that nobody ever sees', async () => {
    const server = await withGarden({ faults: { holes: 1 } });
    const ann = await ear(server, 'ann');
    send(server, 3);

    expect(idsOf(await ann.untilNow())).toEqual([1, 3, 5]);
    expect(await eventIds(server)).toEqual([1, 3, 5]);
    expect(await eventIds(server, '?from=2&limit=1')).toEqual([3]);
    expect(server.events('c1').map(({ conversationEventId: id }) => id)).toEqual([1, 3, 5]);
    expect(server.faultCounts['holes']).toBe(3);
  });
});

describe('historyLagMs', () => {
  it('keeps an event from both pages for a while, and not from sockets', async () => {
    const server = await withGarden({ faults: { historyLagMs: 400 } });
    const ann = await ear(server, 'ann');
    send(server, 20);
    const { body } = await person(server, 'ann')('GET', '/conversations/c1/messages');

    expect((await eventIds(server)).length).toBeLessThan(20);
    expect((body as { messages: unknown[] }).messages.length).toBeLessThan(20);
    expect(idsOf(await ann.untilNow())).toEqual(upTo(20));
    expect(server.faultCounts['historyLagMs']).toBe(20);
    while ((await eventIds(server)).length < 20);
    expect(await eventIds(server)).toEqual(upTo(20));
  });

  it('may show a later event before an earlier one', async () => {
    const server = await withGarden({ faults: { historyLagMs: 300 } });
    send(server, 30);
    const pages: (readonly unknown[])[] = [];
    while ((pages.at(-1)?.length ?? 0) < 30) pages.push(await eventIds(server));
    const isInverted = (ids: readonly unknown[]): boolean => ids.some((id, index) => id !== index);

    expect(pages.some(isInverted)).toBe(true);
  });
});

describe('maxPageSize', () => {
  it('caps both pages, and counts only those that were cut', async () => {
    const server = await withGarden({ faults: { maxPageSize: 3 } });
    send(server, 5);

    expect(await eventIds(server, '?limit=100')).toEqual([0, 1, 2]);
    expect(await eventIds(server, '?from=3&limit=100')).toEqual([3, 4]);
    expect(await eventIds(server, '?limit=2')).toEqual([0, 1]);
    const { body } = await person(server, 'ann')('GET', '/conversations/c1/messages?limit=100');
    expect(body).toMatchObject({ earliestEventId: 2, latestEventId: 4 });
    expect(server.faultCounts['maxPageSize']).toBe(2);
  });
});

describe('shortPages', () => {
  it('cuts pages to anything from one to one less', async () => {
    const server = await withGarden({ faults: { shortPages: 1 } });
    send(server, 4);
    const sizes = new Set<number>();
    for (let page = 0; page < 50; page += 1) sizes.add((await eventIds(server, '?limit=4')).length);

    expect([...sizes].sort()).toEqual([1, 2, 3]);
    expect(await eventIds(server, '?from=3')).toEqual([3]);
    expect(server.faultCounts['shortPages']).toBe(50);
  });
});

describe('answer', () => {
  it('answers with its status as often as it was told', async () => {
    const server = await withGarden({
      faults: { answer: { status: 429, retryAfterS: 7, times: 2, path: /\/events$/ } },
    });
    const ann = person(server, 'ann');
    const get = (path: string): Promise<Answer> => ann('GET', `/conversations/c1${path}`);
    const first = await get('/events?from=0');

    expect(first.status).toBe(429);
    expect(first.headers.get('Retry-After')).toBe('7');
    expect(first.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After');
    expect((await get('/messages')).status).toBe(200);
    expect((await get('/events')).status).toBe(429);
    expect((await get('/events')).status).toBe(200);
    expect(server.faultCounts['answer']).toBe(2);
  });

  it('lets a page be read while nothing can be sent', async () => {
    const server = await withGarden({ faults: { answer: { status: 500, method: 'POST' } } });
    const ann = person(server, 'ann');

    expect((await ann('POST', '/conversations/c1/messages', { body: { parts: [] } })).status).toBe(500);
    expect((await ann('GET', '/conversations/c1/messages')).status).toBe(200);
  });

  it('keeps a request from happening', async () => {
    const server = await withGarden({ faults: { answer: { status: 500 } } });
    const body = { parts: [] };

    expect(await person(server, 'ann')('POST', '/conversations/c1/messages', { body })).toMatchObject({
      status: 500,
    });
    expect(server.events('c1')).toEqual([]);
  });
});

describe('refuseSockets', () => {
  it('answers handshakes with its status until it is healed', async () => {
    const server = await withGarden({ faults: { refuseSockets: 503 } });
    const query = `?token=${server.issueToken('ann')}`;

    expect(await handshakeStatus(socketOf(server, query))).toBe(503);
    expect(server.faultCounts['refuseSockets']).toBe(1);
    server.setFaults({});
    expect(await handshakeStatus(socketOf(server, query))).toBe(101);
  });
});

describe('halfOpen', () => {
  /** Whether a ping is answered: a round trip of another socket, which is no slower, is the time it gets. */
  const answersPing = async (asked: Ear, server: LocalServer): Promise<boolean> => {
    let isAnswered = false;
    asked.socket.once('pong', () => (isAnswered = true));
    asked.socket.ping();
    for (let trip = 0; trip < 20; trip += 1) await person(server, 'x')('GET', '/conversations');
    return isAnswered;
  };

  it('lets nothing through, either way, and cuts the socket when it heals', async () => {
    const server = await withGarden();
    const ann = await ear(server, 'ann');

    expect(await answersPing(ann, server)).toBe(true);
    server.setFaults({ halfOpen: true });
    send(server, 1);
    server.push('ann', 'pushed');
    expect(await answersPing(ann, server)).toBe(false);
    expect(ann.heard).toHaveLength(1);
    expect(server.socketCount).toBe(1);
    expect(server.faultCounts['halfOpen']).toBe(1);

    server.setFaults({});
    expect(await ann.closed).toBe(1_006);
    expect(server.socketCount).toBe(0);
    expect(ann.heard).toHaveLength(1);
  });

  it('strikes sockets that open meanwhile', async () => {
    const server = await withGarden({ faults: { halfOpen: true } });
    const socket = socketOf(server, `?token=${server.issueToken('ann')}`);
    const heard: unknown[] = [];
    socket.on('message', (frame) => heard.push(frame));
    const closed = once(socket, 'close');
    await once(socket, 'open');
    server.setFaults({});

    await closed;
    expect(heard).toEqual([]);
    expect(server.faultCounts['halfOpen']).toBe(1);
  });

  it('does not keep the server from cutting or closing', async () => {
    const server = await withGarden();
    const [ann, bob] = [await ear(server, 'ann'), await ear(server, 'bob')];
    server.setFaults({ halfOpen: true });
    server.dropSockets({ profileId: 'ann', code: 4_000 });

    expect(await ann.closed).toBe(1_006);
    await server.close();
    expect(await bob.closed).toBe(1_006);
  });
});

describe('omit', () => {
  it('leaves fields out of frames and events', async () => {
    const server = await withGarden();
    server.setFaults({ omit: ['context', 'publishedOn', 'etag'] });
    const ann = await ear(server, 'ann');
    send(server, 1);
    server.updateProfile('ann', {});
    server.deleteConversation('c1');
    server.undeleteConversation('c1');
    const heard = await ann.untilNow();

    expect(heard).toHaveLength(4);
    for (const frame of heard) {
      expect(Object.keys(frame)).not.toEqual(expect.arrayContaining(['context']));
      expect(Object.keys(frame)).not.toEqual(expect.arrayContaining(['publishedOn']));
      expect(Object.keys(frame)).not.toEqual(expect.arrayContaining(['etag']));
      expect(Object.keys(frame)).not.toEqual(expect.arrayContaining(['eTag']));
    }
    expect(heard[0]).toMatchObject({ payload: { context: { conversationId: 'c1' } } });
    expect(server.faultCounts['omit']).toBe(4 * 2 + 3);
    const { body } = await person(server, 'ann')('GET', '/conversations/c1/events');
    expect((body as Heard[]).map(Object.keys)).toEqual([
      expect.not.arrayContaining(['context', 'publishedOn']),
    ]);
  });

  it('leaves the tag out of answers and lists, and still knows it', async () => {
    const server = await withGarden({ faults: { omit: ['etag'] } });
    server.updateProfile('ann', { hat: 'green' });
    const ann = person(server, 'ann');
    const answers = [
      await ann('GET', '/conversations/c1'),
      await ann('PUT', '/conversations/c1', { body: { name: 'Garden' } }),
      await ann('GET', '/profiles/ann'),
    ];
    const list = await ann('GET', '/conversations');

    expect(answers.map(({ status, headers }) => [status, headers.get('ETag')])).toEqual(
      Array(3).fill([200, null]),
    );
    expect(list.body).toEqual([expect.not.objectContaining({ _etag: expect.anything() })]);
    expect(server.faultCounts['omit']).toBe(3 + 1);
    expect(await ann('DELETE', '/conversations/c1', { headers: { 'If-Match': '"another"' } })).toMatchObject({
      status: 412,
    });
    server.setFaults({});
    expect((await ann('GET', '/conversations/c1')).headers.get('ETag')).toMatch(/^"/);
  });

  it('leaves fields out of the messages of a page', async () => {
    const server = await withGarden({ faults: { omit: ['sentEventId', 'statusUpdates'] } });
    send(server, 1);
    const { body } = await person(server, 'ann')('GET', '/conversations/c1/messages');
    const [message = {}] = (body as { messages: object[] }).messages;

    expect(Object.keys(message).sort()).toEqual(['context', 'id', 'metadata', 'parts']);
    expect(server.faultCounts['omit']).toBe(2);
  });
});

describe('faults', () => {
  it('spare socket.info and what is pushed as it is', async () => {
    const server = await withGarden({ faults: { lose: 1, repeat: 1, pushDelayAfterOpenMs: 1_000 } });
    const ann = await ear(server, 'ann');
    server.push('ann', '{"name":"mine"}');

    expect((await ann.named('mine')).length).toBe(1);
    expect(ann.heard).toHaveLength(2);
  });

  it('all heal', async () => {
    const server = await withGarden({ faults: { lose: 1, holes: 1, historyLagMs: 60_000, maxPageSize: 1 } });
    server.setFaults({});
    const ann = await ear(server, 'ann');
    send(server, 2);

    expect(idsOf(await ann.untilNow())).toEqual([0, 1]);
    expect(await eventIds(server)).toEqual([0, 1]);
  });

  it('are refused when they cannot be meant, at the start too', async () => {
    await expect(start({ faults: { lose: 2 } })).rejects.toThrow(RangeError);
    const server = await start();
    expect(() => server.setFaults({ lose: 2 })).toThrow(RangeError);
  });
});
