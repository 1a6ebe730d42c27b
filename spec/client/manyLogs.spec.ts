import { describe, expect, it } from '@jest/globals';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import { seededRandom } from '../support/seededRandom.js';
import { type ClientWorld, openWorld } from '../support/clientWorld.js';
import { sent, type SentEntry } from '../support/frames.js';
import { watch } from '../support/watch.js';

const eventReads = ({ backend }: ClientWorld): number =>
  backend.calls.filter((call) => call.endsWith('/events')).length;

const messagesOf = (id: string, count: number): readonly SentEntry[] =>
  Array.from({ length: count }, (_, position) => sent(position, id));

/** A world in which so many conversations are followed, and all is calm. */
const followed = async (
  count: number,
  options: Partial<ClientOptions> = {},
  says?: (latest: number) => object,
): Promise<ClientWorld> => {
  const world = await openWorld({ random: seededRandom(7), heartbeat: false, ...options });
  if (says !== undefined) answersLists(world, says);
  for (let index = 0; index < count; index += 1) {
    world.backend.logs.set(`c${index}`, messagesOf(`c${index}`, 2));
    watch(world.client.conversation(`c${index}`).messageEvents());
  }
  await world.time.advance(10_000);
  return world;
};

/** Cuts the line and opens the next one; requests are counted from there on. */
const reopen = async (world: ClientWorld): Promise<number> => {
  world.line.last().close();
  const before = eventReads(world);
  await world.time.advance(600);
  world.open();
  return before;
};

describe('when the line comes back', () => {
  it('as many conversations as may be read at once are read at once', async () => {
    const world = await followed(4);

    const before = await reopen(world);
    await world.time.advance(0);

    expect(eventReads(world) - before).toBe(4);
  });

  it('the first of many conversations are read at once, the others within two seconds', async () => {
    const world = await followed(20);

    const before = await reopen(world);
    const counts: number[] = [];
    for (const ms of [0, 1_000, 1_000]) {
      await world.time.advance(ms);
      counts.push(eventReads(world) - before);
    }

    const [atOnce = 0, afterOneSecond = 0, afterTwo = 0] = counts;
    expect(atOnce).toBe(4);
    expect(afterOneSecond).toBeGreaterThan(4);
    expect(afterOneSecond).toBeLessThan(18);
    // Those that were first have confirmed what they found by then.
    expect(afterTwo).toBeGreaterThanOrEqual(20);
  });
});

const listReads = ({ backend }: ClientWorld): number =>
  backend.calls.filter((call) => call === 'GET /conversations').length;

/** Lets the backend answer with a list of all conversations. */
const answersLists = (world: ClientWorld, says: (latest: number) => object): void => {
  world.backend.respond = ({ path }) =>
    path === '/conversations'
      ? {
          json: Array.from(world.backend.logs, ([id, log]) => ({
            id,
            ...says(log.at(-1)?.conversationEventId ?? -1),
          })),
        }
      : undefined;
};

const tellsLatest = (latestSentEventId: number): object => ({ latestSentEventId });

/** How many requests of each kind are made within so many minutes. */
const requestsIn = async (
  world: ClientWorld,
  minutes: number,
): Promise<{ readonly lists: number; readonly pages: number }> => {
  const [lists, pages] = [listReads(world), eventReads(world)];
  await world.time.advance(minutes * 60_000);
  return { lists: listReads(world) - lists, pages: eventReads(world) - pages };
};

describe('a healthy line on which all is quiet', () => {
  it('costs one look for each of twenty conversations a minute, and no list', async () => {
    const world = await followed(20);

    expect(await requestsIn(world, 1)).toEqual({ lists: 0, pages: 20 });
  });

  it('costs a list and four looks a minute with a hundred conversations, and each has its turn', async () => {
    const world = await followed(100, {}, tellsLatest);

    await requestsIn(world, 1);
    const minutes = [await requestsIn(world, 1), await requestsIn(world, 1), await requestsIn(world, 1)];
    const before = world.backend.requests.length;
    await requestsIn(world, 25);
    const looked = new Set(world.backend.requests.slice(before).map(({ path }) => path));

    expect(minutes).toEqual(minutes.map(() => ({ lists: 1, pages: 4 })));
    expect(looked.size).toBe(101);
  });

  it('shows a lost message by the list, to a conversation whose turn is far', async () => {
    const world = await openWorld({ random: seededRandom(7) });
    answersLists(world, tellsLatest);
    const all = Array.from({ length: 30 }, (_, index) => {
      world.backend.logs.set(`c${index}`, messagesOf(`c${index}`, 2));
      return watch(world.client.conversation(`c${index}`).messageEvents());
    });
    await world.time.advance(10_000);

    world.backend.logs.set('c27', messagesOf('c27', 3));
    await world.time.advance(61_000);

    expect(all.map(({ values }) => values.length)).toEqual(all.map((_, index) => (index === 27 ? 3 : 2)));
  });

  it.each([
    ['does not say where conversations end', (): object => ({})],
    ['cannot be had', undefined],
  ])('is looked at one by one where the list %s', async (_what, says) => {
    const world = await followed(30, {}, says);

    expect(await requestsIn(world, 1)).toEqual({ lists: 1, pages: 30 });
  });

  it('leaves nothing behind when nobody follows any more', async () => {
    const world = await openWorld();
    answersLists(world, tellsLatest);
    const before = world.time.pending;
    const all = Array.from({ length: 30 }, (_, index) => {
      world.backend.logs.set(`c${index}`, messagesOf(`c${index}`, 2));
      return watch(world.client.conversation(`c${index}`).messageEvents());
    });
    await world.time.advance(10_000);

    for (const messages of all) messages.unsubscribe();

    expect(world.time.pending).toBe(before);
    expect(await requestsIn(world, 3)).toEqual({ lists: 0, pages: 0 });
  });
});

describe('a time that the server names', () => {
  it('holds for all conversations of the client', async () => {
    const world = await followed(3, { random: () => 0.5 });
    world.backend.respond = ({ path }) =>
      path.includes('c0') ? { status: 503, headers: { 'retry-after': '7' } } : undefined;

    await reopen(world);
    await world.time.advance(100);
    const told = eventReads(world);
    await world.time.advance(6_000);
    watch(world.client.conversation('c1').messageEvents({ after: 0 }));
    await world.time.advance(800);
    const before = eventReads(world);
    await world.time.advance(1_000);

    expect(before).toBe(told);
    expect(eventReads(world)).toBeGreaterThan(told);
  });
});

describe('a conversation that the server does not know', () => {
  it.each([
    [404, 'not-found', 0],
    [404, 'not-found', 0.999],
    [403, 'forbidden', 0.999],
  ])('is given up within six seconds: %s, %s, with draws of %s', async (status, code, draw) => {
    const world = await openWorld({ random: () => draw });
    world.backend.respond = () => ({ status });

    const messages = watch(world.client.conversation('garden').messageEvents());
    await world.time.advance(4_900);
    const before = messages.end;
    await world.time.advance(1_100);

    expect([before, messages.end]).toEqual([undefined, code]);
  });
});
