import { describe, expect, it } from '@jest/globals';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import type { Failure } from '../../lib/transport/Failure.js';
import type { WebSocketCtor } from '../../lib/transport/WebSocketCtor.js';
import { type ClientWorld, openWorld } from '../support/clientWorld.js';
import { added, deletedMessage, sent, type SentEntry, sentFrom } from '../support/frames.js';
import { seededRandom } from '../support/seededRandom.js';
import { watch } from '../support/watch.js';

const GRACE_MS = 8_000;
const IDLE_PROBE_MS = 60_000;

/** An open line, and the garden followed on it until all is quiet: the log ends at 0. */
const quietGarden = async (
  options: Partial<ClientOptions> = {},
  sockets: (ctor: WebSocketCtor) => WebSocketCtor = (ctor) => ctor,
): Promise<ClientWorld> => {
  const world = await openWorld(options, sockets);
  world.backend.logs.set('garden', [sent(0)]);
  watch(world.client.conversation('garden').messageEvents());
  await world.time.advance(3_000);
  return world;
};

/** Something is said in the garden, and the line does not bring it. */
const sayUnheard = ({ backend }: ClientWorld, entry: SentEntry): void => {
  backend.logs.set('garden', [...(backend.logs.get('garden') ?? []), entry]);
};

const fromMe = (position: number): SentEntry => {
  const entry = sent(position);
  return { ...entry, payload: Object.assign({ context: { from: { id: 'me' } } }, entry.payload) };
};

/** Sending is answered with these positions, one after another. */
const answerSending = ({ backend }: ClientWorld, positions: readonly number[]): void => {
  const left = [...positions];
  backend.respond = ({ method, path }) =>
    method === 'POST' && path.endsWith('/messages')
      ? { json: { id: `m${left[0] ?? ''}`, eventId: left.shift() } }
      : undefined;
};

/** So many conversations are followed that the list is asked for them all; it shows what the line does not bring. */
const showByList = async (world: ClientWorld): Promise<void> => {
  const ids = Array.from({ length: 30 }, (_, index) => `c${index}`);
  for (const id of ids) world.backend.logs.set(id, [sent(0, id)]);
  let latest = 0;
  world.backend.respond = ({ path }) =>
    path === '/conversations' ? { json: ids.map((id) => ({ id, latestSentEventId: latest })) } : undefined;
  for (const id of ids) watch(world.client.conversation(id).messageEvents());
  await world.time.advance(IDLE_PROBE_MS + 3_000);
  latest = 1;
  await world.time.advance(IDLE_PROBE_MS);
};

const pinging = (ctor: WebSocketCtor): WebSocketCtor =>
  class extends ctor {
    readonly off = (): void => undefined;
    readonly ping = (): void => undefined;
    readonly on = (_name: string, listener: () => void): void => void setImmediate(listener);
  };

describe('a line that cannot be pinged', () => {
  it('is kept, however long it is silent', async () => {
    const world = await quietGarden();

    await world.time.advance(3_600_000);

    expect(world.line.sockets).toHaveLength(1);
  });

  it('is replaced as silent when history shows what it should have brought, and nothing comes', async () => {
    const failures: Failure[] = [];
    const world = await quietGarden({
      reconnect: { classify: (failure, fallback) => (failures.push(failure), fallback) },
    });

    sayUnheard(world, sent(1));
    await world.time.advance(IDLE_PROBE_MS);
    const socketsBefore = world.line.sockets.length;
    await world.time.advance(GRACE_MS);

    expect(socketsBefore).toBe(1);
    expect(world.line.sockets).toHaveLength(2);
    expect(world.line.sockets[0]?.readyState).toBeGreaterThan(1);
    expect(failures).toMatchObject([{ kind: 'silent', attempt: 1 }]);
  });

  it.each<[string, unknown]>([
    ['what was missed', sent(1)],
    ['an event of another conversation', sent(7, 'park')],
    ['an event without a number', added('ann')],
    ['something that cannot be read', '{'],
  ])('is kept when it brings %s in time', async (_what, frame) => {
    const world = await quietGarden();
    sayUnheard(world, sent(1));
    await world.time.advance(IDLE_PROBE_MS);

    await world.time.advance(GRACE_MS - 2_000);
    world.receive(frame);
    await world.time.advance(4 * IDLE_PROBE_MS);

    expect(world.line.sockets).toHaveLength(1);
  });

  it('is not blamed for holes, for the past, for gaps, or for what has no type here', async () => {
    const world = await openWorld();
    world.backend.logs.set('garden', [...sentFrom(0, 250), sent(300)]);
    const messages = watch(world.client.conversation('garden').messageEvents());
    await world.time.advance(10_000);

    world.receive(sent(302));
    sayUnheard(world, sent(301));
    sayUnheard(world, sent(302));
    await world.time.advance(2 * IDLE_PROBE_MS);
    sayUnheard(world, deletedMessage(303));
    await world.time.advance(2 * IDLE_PROBE_MS);

    expect(messages.values).toHaveLength(254);
    expect(world.line.sockets).toHaveLength(1);
  });

  it('may be slow to begin', async () => {
    const world = await openWorld();
    world.backend.logs.set('garden', [sent(0)]);
    const messages = watch(world.client.conversation('garden').messageEvents());
    await world.time.advance(1_000);

    sayUnheard(world, sent(1));
    await world.time.advance(IDLE_PROBE_MS);

    expect(messages.values).toHaveLength(2);
    expect(world.line.sockets).toHaveLength(1);
  });

  it('that can be pinged after all is not judged by evidence', async () => {
    const world = await quietGarden({}, pinging);

    sayUnheard(world, sent(1));
    await world.time.advance(2 * IDLE_PROBE_MS);

    expect(world.line.sockets).toHaveLength(1);
  });

  it('has as long as heartbeat.timeoutMs says', async () => {
    const world = await quietGarden({ heartbeat: { timeoutMs: 20_000 } });

    sayUnheard(world, sent(1));
    await world.time.advance(IDLE_PROBE_MS + 18_000);
    const socketsBefore = world.line.sockets.length;
    await world.time.advance(1_000);

    expect(socketsBefore).toBe(1);
    expect(world.line.sockets).toHaveLength(2);
  });

  it('is found out by the list when many conversations are followed', async () => {
    const world = await openWorld();
    await showByList(world);
    const socketsBefore = world.line.sockets.length;
    await world.time.advance(GRACE_MS);

    expect(socketsBefore).toBe(1);
    expect(world.line.sockets.length).toBeGreaterThan(1);
  });

  it('that loses a third of all frames and goes on to speak is kept', async () => {
    const world = await quietGarden();
    const random = seededRandom(3);

    for (let position = 1; position < 1_200; position += 1) {
      sayUnheard(world, sent(position));
      if (random() > 1 / 3) world.receive(sent(position));
      await world.time.advance(3_000);
    }

    expect(world.line.sockets.length).toBeLessThanOrEqual(3);
  });
});

describe('a message of one’s own', () => {
  it('shows a dead line by not coming back', async () => {
    const world = await quietGarden();
    answerSending(world, [1]);

    watch(world.client.rest.sendMessage('garden', 'hello'));
    await world.time.advance(GRACE_MS - 1);
    const socketsBefore = world.line.sockets.length;
    await world.time.advance(1_000);

    expect(socketsBefore).toBe(1);
    expect(world.line.sockets).toHaveLength(2);
  });

  it.each([
    ['before', 'after'],
    ['after', 'before'],
  ])('shows nothing when it comes back %s the answer, not %s', async (when) => {
    const world = await quietGarden();
    answerSending(world, [1]);

    if (when === 'before') world.receive(fromMe(1));
    watch(world.client.rest.sendMessage('garden', 'hello'));
    await world.time.advance(1_000);
    if (when === 'after') world.receive(fromMe(1));
    await world.time.advance(60_000);

    expect(world.line.sockets).toHaveLength(1);
  });

  it('shows nothing where the answer has no number', async () => {
    const world = await quietGarden();
    answerSending(world, []);

    watch(world.client.rest.sendMessage('garden', 'hello'));
    await world.time.advance(60_000);

    expect(world.line.sockets).toHaveLength(1);
  });

  it('costs one line at most where own messages never come back, by whatever they are seen', async () => {
    const world = await quietGarden();
    answerSending(world, [1, 2, 3, 4]);

    for (let position = 1; position <= 4; position += 1) {
      sayUnheard(world, fromMe(position));
      watch(world.client.rest.sendMessage('garden', 'hello'));
      await world.time.advance(10_000);
      if (world.line.last().readyState === 0) world.open();
      await world.time.advance(2 * IDLE_PROBE_MS);
    }

    expect(world.line.sockets).toHaveLength(2);
  });

  it('counts again once one has come back', async () => {
    const world = await quietGarden();
    answerSending(world, [1, 3]);
    watch(world.client.rest.sendMessage('garden', 'hello'));
    await world.time.advance(10_000);
    world.open();
    await world.time.advance(5_000);

    world.receive(fromMe(2));
    watch(world.client.rest.sendMessage('garden', 'hello'));
    await world.time.advance(10_000);

    expect(world.line.sockets).toHaveLength(3);
  });
});

describe('a line that is not to be watched', () => {
  it.each<[string, (world: ClientWorld) => unknown]>([
    [
      'history',
      (world) => {
        sayUnheard(world, sent(1));
      },
    ],
    ['the list', showByList],
    [
      'the answer to a message of one’s own',
      (world) => {
        answerSending(world, [1]);
        watch(world.client.rest.sendMessage('garden', 'hello'));
      },
    ],
    [
      'the answer to a message of a conversation',
      (world) => {
        answerSending(world, [1]);
        watch(world.client.conversation('garden').send('hello'));
      },
    ],
  ])('is kept, silent as it is, whatever %s shows', async (_what, show) => {
    const world = await quietGarden({ heartbeat: false });

    await show(world);
    await world.time.advance(4 * IDLE_PROBE_MS);

    expect(world.line.sockets).toHaveLength(1);
    expect(world.line.last().sent).toEqual([]);
  });
});

describe('leaving a line that is suspected', () => {
  it('leaves no timer, and the next line is not blamed', async () => {
    const world = await quietGarden();
    sayUnheard(world, sent(1));
    await world.time.advance(IDLE_PROBE_MS);

    world.client.reconnect();
    await world.time.advance(0);
    world.open();
    await world.time.advance(4 * IDLE_PROBE_MS);
    const sockets = world.line.sockets.length;
    await world.client.close();

    expect(sockets).toBe(2);
    expect(world.time.pending).toBe(0);
  });
});
