import { describe, expect, it } from '@jest/globals';
import { firstValueFrom, take } from 'rxjs';
import { clientWorld, type ClientWorld, openWorld } from '../support/clientWorld.js';
import { never } from '../support/fakeBackend.js';
import { deleted, deletedMessage, removed, sent, sentFrom } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { type Watched, watch } from '../support/watch.js';

interface Numbered {
  readonly conversationEventId?: number;
}

const ids = ({ values }: Watched<Numbered>): readonly (number | undefined)[] =>
  values.map(({ conversationEventId }) => conversationEventId);

/** A world with an open line and this many messages in the log of the garden. */
const gardenOf = async (count: number): Promise<ClientWorld> => {
  const world = await openWorld();
  world.backend.logs.set('garden', sentFrom(0, count - 1));
  return world;
};

/** Puts an entry into the log, and tells the client. */
const happens = (world: ClientWorld, entry: ReturnType<typeof sent>): void => {
  world.backend.logs.set('garden', [...(world.backend.logs.get('garden') ?? []), entry]);
  world.receive(entry);
};

const readings = ({ backend }: ClientWorld): readonly (string | undefined)[] =>
  backend.requests.filter(({ path }) => path.endsWith('/events')).map(({ query }) => query['from']);

describe('the messages of a conversation', () => {
  it('come from history, then live, each once and in order', async () => {
    const world = await gardenOf(3);
    const messages = watch(world.client.conversation('garden').messageEvents());
    await settled();

    happens(world, sent(3));
    world.receive(sent(3));
    world.receive(sent(1));
    happens(world, sent(4));

    expect(ids(messages)).toEqual([0, 1, 2, 3, 4]);
  });

  it('come complete over a drop', async () => {
    const world = await gardenOf(2);
    const messages = watch(world.client.conversation('garden').messageEvents());
    await settled();
    world.line.last().close();
    world.backend.logs.set('garden', sentFrom(0, 5));

    await world.time.advance(5_000);
    world.open();
    world.receive(sent(5));
    await world.time.advance(5_000);

    expect(ids(messages)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(messages.end).toBeUndefined();
  });

  it('come live without a request where nothing is missing', async () => {
    const world = await gardenOf(1);
    const messages = watch(world.client.conversation('garden').messageEvents());
    await world.time.advance(10_000);
    const callsBefore = world.backend.calls.length;

    for (let position = 1; position <= 100; position += 1) happens(world, sent(position));

    expect(messages.values).toHaveLength(101);
    expect(world.backend.calls).toHaveLength(callsBefore);
  });

  it('wait, while one is missing, only as far as eight million characters go', async () => {
    const world = await gardenOf(1);
    const messages = watch(world.client.conversation('garden').messageEvents());
    await world.time.advance(10_000);
    const large = (position: number): ReturnType<typeof sent> => ({
      ...sent(position),
      payload: { messageId: `m${position}`, parts: [{ data: 'x'.repeat(1_000_000) }] },
    });
    const larges = Array.from({ length: 20 }, (_, index) => large(index + 2));
    world.backend.logs.set('garden', [sent(0), sent(1), ...larges]);

    larges.forEach(world.receive);
    world.receive(sent(1));
    const heldOnes = ids(messages).slice(2);
    await world.time.advance(10_000);

    expect(heldOnes).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(ids(messages)).toEqual(Array.from({ length: 22 }, (_, position) => position));
  });

  it('begin after the given one', async () => {
    const world = await gardenOf(6);

    const messages = watch(world.client.conversation('garden').messageEvents({ after: 3 }));
    await settled();

    expect(ids(messages)).toEqual([4, 5]);
    expect(readings(world)[0]).toBe('4');
  });

  it('begin with the next one when they start now', async () => {
    const world = await gardenOf(6);
    const messages = watch(world.client.conversation('garden').messageEvents({ after: 'now' }));
    await world.time.advance(5_000);

    happens(world, sent(6));
    await settled();

    expect(ids(messages)).toEqual([6]);
  });

  it('begin anew with each subscription', async () => {
    const world = await gardenOf(2);
    const messages$ = world.client.conversation('garden').messageEvents();

    const first = watch(messages$);
    await settled();
    const second = watch(messages$);
    await settled();

    expect(ids(first)).toEqual([0, 1]);
    expect(ids(second)).toEqual([0, 1]);
  });

  it('are read page by page', async () => {
    const world = clientWorld({ history: { pageSize: 2 } });
    world.backend.logs.set('garden', sentFrom(0, 4));

    const messages = watch(world.client.conversation('garden').messageEvents());
    await settled();
    world.open();
    await settled();

    expect(ids(messages)).toEqual([0, 1, 2, 3, 4]);
    expect(world.backend.requests[0]?.query).toEqual({ from: '0', limit: '2' });
  });

  it('leave neither a request nor a timer when nobody listens any more', async () => {
    const world = await gardenOf(2);
    world.backend.respond = never;
    const before = world.time.pending;

    const messages = watch(world.client.conversation('garden').messageEvents());
    await settled();
    const inFlight = world.backend.inFlight;
    messages.unsubscribe();

    expect(inFlight).toBe(1);
    expect(world.backend.inFlight).toBe(0);
    expect(world.time.pending).toBe(before);
  });

  it('can be left in the middle of a page', async () => {
    const world = await gardenOf(5);

    const messages = watch(world.client.conversation('garden').messageEvents().pipe(take(2)));
    await settled();

    expect(ids(messages)).toEqual([0, 1]);
    expect(messages.end).toBe('completed');
  });

  it('cost only their own conversation when a frame comes', async () => {
    const world = await openWorld();
    world.backend.logs.set('garden', []);
    world.backend.logs.set('pond', []);
    const statuses = watch(world.client.conversation('pond').log().status$);
    const garden = watch(world.client.conversation('garden').messageEvents());
    const pond = watch(world.client.conversation('pond').messageEvents());
    await settled();
    const statusesBefore = statuses.values.length;

    happens(world, sent(0));

    expect([garden, pond].map(({ values }) => values.length)).toEqual([1, 0]);
    expect(statuses.values).toHaveLength(statusesBefore);
  });
});

describe('a log', () => {
  it('is one run: later subscribers join without replay', async () => {
    const world = await gardenOf(2);
    const { events$ } = world.client.conversation('garden').log();
    const first = watch(events$);
    await settled();

    const second = watch(events$);
    happens(world, sent(2));

    expect(ids(first)).toEqual([0, 1, 2]);
    expect(ids(second)).toEqual([2]);
    expect(readings(world)).toHaveLength(2);
  });

  it('goes on at its cursor when somebody comes back', async () => {
    const world = await gardenOf(2);
    const { events$, status$ } = world.client.conversation('garden').log();
    const first = watch(events$);
    await settled();
    first.unsubscribe();
    const between = watch(status$);
    world.backend.logs.set('garden', sentFrom(0, 3));

    const second = watch(events$);
    await world.time.advance(1_000);

    expect(between.values[0]).toMatchObject({ state: 'idle', cursor: 1 });
    expect(ids(second)).toEqual([2, 3]);
  });

  it('tells how far it has come', async () => {
    const world = await gardenOf(2);
    const { events$, status$ } = world.client.conversation('garden').log();
    const statuses = watch(status$);

    watch(events$);
    await world.time.advance(5_000);
    world.line.last().close();

    expect(statuses.values.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['idle', 'catching-up', 'live', 'stale']),
    );
    expect(statuses.values.at(-1)).toMatchObject({ state: 'stale', cursor: 1, highestKnown: 1 });
  });

  it('shows in others$ what is numbered and has no type, from history and live', async () => {
    const world = await openWorld();
    world.backend.logs.set('garden', [sent(0), deletedMessage(1), sent(2)]);
    const { events$, others$ } = world.client.conversation('garden').log();
    const others = watch(others$);
    const events = watch(events$);
    await settled();

    happens(world, deletedMessage(3));
    happens(world, sent(4));

    expect(ids(events)).toEqual([0, 2, 4]);
    expect(ids(others)).toEqual([1, 3]);
  });

  it('shows in others$ each once, however many follow', async () => {
    const world = await openWorld();
    world.backend.logs.set('garden', [deletedMessage(0)]);
    const { events$, others$ } = world.client.conversation('garden').log();
    const others = watch(others$);

    const followers = [watch(events$), watch(events$)];
    await settled();

    expect(ids(others)).toEqual([0]);
    expect(followers.map(({ values }) => values)).toEqual([[], []]);
  });

  it('shows in late$ what comes after it was declared absent', async () => {
    const world = await openWorld();
    world.backend.logs.set('garden', [sent(0), sent(4)]);
    const { events$, late$ } = world.client.conversation('garden').log();
    const late = watch(late$);
    const events = watch(events$);
    await world.time.advance(10_000);

    world.receive(sent(2));
    world.receive(deletedMessage(3));
    happens(world, sent(5));

    expect(ids(late)).toEqual([2]);
    expect(ids(events)).toEqual([0, 4, 5]);
  });

  it('passes a hole at once where the server says how old what follows is', async () => {
    const world = await openWorld();
    const dated = {
      ...sent(4),
      payload: { messageId: 'm4', parts: [], context: { sentOn: new Date(0).toISOString() } },
    };
    world.backend.logs.set('garden', [sent(0), dated]);
    await world.time.advance(60_000);
    world.backend.respond = () => ({
      json: [sent(0), dated],
      headers: { date: new Date(60_000).toUTCString() },
    });

    const events = watch(world.client.conversation('garden').messageEvents());
    await settled();

    expect(ids(events)).toEqual([0, 4]);
  });

  it('names the ids that do not exist', async () => {
    const world = await openWorld();
    world.backend.logs.set('garden', [sent(0), sent(4)]);
    const { events$, holes$ } = world.client.conversation('garden').log();
    const holes = watch(holes$);
    const events = watch(events$);

    await world.time.advance(10_000);

    expect(ids(events)).toEqual([0, 4]);
    expect(holes.values).toEqual([{ from: 1, to: 3 }]);
  });

  it('reports what a page holds that cannot be placed, and goes on', async () => {
    const world = await openWorld();
    world.backend.logs.set('garden', [sent(0), sent(1, 'pond'), sent(2)]);
    const errors = watch(world.client.decodeErrors$);

    const messages = watch(world.client.conversation('garden').messageEvents());
    await world.time.advance(10_000);

    expect(ids(messages)).toEqual([0, 2]);
    expect(errors.values.length).toBeGreaterThan(0);
  });

  it('is live though every page ends with items that have no place in a log, and not if they fill it', async () => {
    const world = await gardenOf(2);
    const joined = {
      name: 'conversation.participantAdded',
      conversationId: 'garden',
      payload: { profileId: 'bob' },
    };
    let placeless = [joined, { ...joined, name: 'conversation.participantTyping' }];
    world.backend.respond = ({ path, query }) =>
      path.endsWith('/events')
        ? { json: [...sentFrom(0, 1).slice(Number(query['from'])), ...placeless] }
        : undefined;
    const log = world.client.conversation('garden').log();
    const messages = watch(log.events$);
    const states = watch(log.status$);
    await world.time.advance(10_000);

    expect(ids(messages)).toEqual([0, 1]);
    expect(states.values.at(-1)?.state).toBe('live');
    expect(readings(world)).toHaveLength(3);

    placeless = Array.from({ length: 100 }, () => joined);
    world.line.last().close();
    await world.time.advance(5_000);
    world.open();
    await world.time.advance(10_000);
    expect(states.values.at(-1)?.state).toBe('degraded');
  });

  it('reports each item that cannot be understood once, however often its page is read', async () => {
    const world = await openWorld();
    const bad = { ...sent(4), payload: 'none' };
    const nameless = { payload: {} };
    world.backend.respond = ({ path }) =>
      path.endsWith('/events') ? { json: [sent(0), nameless, sent(3), bad] } : undefined;
    const errors = watch(world.client.decodeErrors$);
    const garden = world.client.conversation('garden');

    const logs = [watch(garden.messageEvents()), watch(garden.messageEvents())];
    await world.time.advance(10_000);
    const pages = readings(world).filter((from) => from === '1').length;
    const reported = errors.values.map((error) => error.raw());
    logs.forEach((log) => {
      log.unsubscribe();
    });
    watch(garden.messageEvents());
    await world.time.advance(10_000);

    expect(pages).toBe(2);
    // The one without a position is reported again for the page from 1, and from 5.
    expect(reported.filter((raw) => JSON.stringify(raw) === JSON.stringify(bad))).toHaveLength(1);
    expect(reported.length).toBeLessThanOrEqual(4);
    expect(errors.values.length).toBeGreaterThan(reported.length);
  });

  it('asks again, more and more patiently, while history cannot be read', async () => {
    const world = await gardenOf(2);
    world.backend.respond = () => ({ status: 500 });
    const { events$, status$ } = world.client.conversation('garden').log();
    const statuses = watch(status$);
    const events = watch(events$);

    await world.time.advance(60_000);
    const countWhileBroken = readings(world).length;
    const lastWhileBroken = statuses.values.at(-1);
    world.backend.respond = () => undefined;
    await world.time.advance(30_000);

    expect(countWhileBroken).toBeLessThan(15);
    expect(lastWhileBroken).toMatchObject({ state: 'degraded', problem: { kind: 'http', status: 500 } });
    expect(ids(events)).toEqual([0, 1]);
    expect(events.end).toBeUndefined();
  });

  it('waits as long as the server asks for', async () => {
    const world = await gardenOf(2);
    world.backend.respond = () => ({ status: 429, headers: { 'retry-after': '7' } });
    watch(world.client.conversation('garden').messageEvents());

    await world.time.advance(6_999);
    const before = readings(world).length;
    await world.time.advance(10_000);

    expect(before).toBe(1);
    expect(readings(world).length).toBeGreaterThan(1);
  });

  it('renews the token by itself when history refuses it', async () => {
    let count = 0;
    const world = await openWorld({ getToken: () => `token-${(count += 1)}` });
    world.backend.logs.set('garden', sentFrom(0, 1));
    world.backend.respond = ({ token }) => (token === 'token-1' ? { status: 401 } : undefined);

    const messages = watch(world.client.conversation('garden').messageEvents());
    await settled();

    expect(ids(messages)).toEqual([0, 1]);
    expect(world.line.sockets).toHaveLength(1);
  });
});

describe('a log ends', () => {
  const followed = async (): Promise<
    ClientWorld & { readonly log: Watched<Numbered>; readonly why: () => unknown }
  > => {
    const world = await gardenOf(2);
    const { events$, status$ } = world.client.conversation('garden').log();
    const statuses = watch(status$);
    const log = watch<Numbered>(events$);
    await world.time.advance(5_000);
    return Object.assign(world, { log, why: () => statuses.values.at(-1) });
  };

  it('when the conversation is deleted', async () => {
    const world = await followed();

    world.receive(deleted('pond'));
    await world.time.advance(5_000);
    const endBefore = world.log.end;
    world.receive(deleted('garden'));
    await world.time.advance(5_000);

    expect(endBefore).toBeUndefined();
    expect(world.log.end).toBe('completed');
    expect(world.why()).toMatchObject({ state: 'closed', closedBecause: 'deleted' });
  });

  it('when I am removed, and not when somebody else is', async () => {
    const world = await followed();

    world.receive(removed('ann'));
    world.receive(removed('me', 'pond'));
    await world.time.advance(5_000);
    const endBefore = world.log.end;
    world.receive(removed('me'));
    await world.time.advance(5_000);

    expect(endBefore).toBeUndefined();
    expect(world.log.end).toBe('completed');
    expect(world.why()).toMatchObject({ state: 'closed', closedBecause: 'removed' });
  });

  it('when the client is closed', async () => {
    const world = await followed();

    await world.client.close();

    expect(world.log.end).toBe('completed');
    expect(world.why()).toMatchObject({ state: 'closed', closedBecause: 'client-closed' });
  });

  it('goes on behind what history keeps no longer, once that has lasted, and says so', async () => {
    const world = await gardenOf(60);
    const log = world.client.conversation('garden').log({ after: 3 });
    world.backend.respond = ({ path, query }) =>
      path.endsWith('/events') && Number(query['from']) < 41 ? { status: 410 } : undefined;
    const messages = watch(log.events$);
    const ranges = watch(log.discontinuities$);

    await world.time.advance(4_000);
    const rangesBefore = [...ranges.values];
    await world.time.advance(20_000);

    expect(rangesBefore).toEqual([]);
    expect(ranges.values).toEqual([{ from: 4, to: 40, reason: 'truncated' }]);
    expect(ids(messages)).toEqual(Array.from({ length: 19 }, (_, index) => 41 + index));
    expect((await firstValueFrom(log.status$)).state).toBe('live');
  });

  it('goes on behind it while the line brings more, too', async () => {
    const world = await gardenOf(60);
    world.backend.respond = ({ path, query }) =>
      path.endsWith('/events') && Number(query['from']) < 41 ? { status: 410 } : undefined;
    const log = world.client.conversation('garden').log();
    const ranges = watch(log.discontinuities$);
    const messages = watch(log.events$);

    for (let position = 60; position < 80; position += 1) {
      happens(world, sent(position));
      await world.time.advance(1_000);
    }

    expect(ranges.values).toEqual([{ from: 0, to: 40, reason: 'truncated' }]);
    expect(ids(messages)).toEqual(Array.from({ length: 39 }, (_, index) => 41 + index));
  });

  it('takes nothing for lost where history comes back in time', async () => {
    const world = await gardenOf(60);
    const log = world.client.conversation('garden').log();
    let isGone = true;
    world.backend.respond = () => (isGone ? { status: 410 } : undefined);
    const ranges = watch(log.discontinuities$);
    const messages = watch(log.events$);

    await world.time.advance(4_000);
    isGone = false;
    await world.time.advance(20_000);

    expect(ranges.values).toEqual([]);
    expect(messages.values).toHaveLength(60);
  });

  it.each([
    ['completes', (world: ClientWorld) => world.client.close()],
    [
      'finds itself gone',
      (world: ClientWorld) => {
        world.backend.respond = () => ({ status: 404 });
        return world.time.advance(70_000);
      },
    ],
  ])('with all its side streams when it %s', async (_how, end) => {
    const world = await openWorld({ reconnect: false });
    world.backend.logs.set('garden', sentFrom(0, 1));
    const { events$, others$, holes$, late$, discontinuities$ } = world.client.conversation('garden').log();
    const sides = [others$, holes$, late$, discontinuities$].map((side$) => watch<unknown>(side$));
    watch(events$);
    await settled();

    await end(world);

    expect(sides.map((side) => side.end)).toEqual(sides.map(() => 'completed'));
  });

  it('with the last message that is still on its way', async () => {
    const world = await followed();

    world.receive(deleted());
    world.receive(sent(2));
    await world.time.advance(5_000);

    expect(ids(world.log)).toEqual([0, 1, 2]);
    expect(world.log.end).toBe('completed');
  });

  it.each([
    [404, 'deleted'],
    [403, 'removed'],
  ])('when history answers %i where it answered before, because it was %s', async (status, closedBecause) => {
    const world = await followed();
    world.backend.respond = () => ({ status });

    world.line.last().close();
    await world.time.advance(5_000);
    world.open();
    await world.time.advance(60_000);

    expect(world.log.end).toBe('completed');
    expect(world.why()).toMatchObject({ state: 'closed', closedBecause });
  });

  it.each([
    [404, 'not-found', -1],
    [410, 'not-found', -1],
    [403, 'forbidden', -1],
    [404, 'not-found', 'now'],
    [403, 'forbidden', 'now'],
  ] as const)(
    'with an error when history answers nothing but %i, after %p: %s',
    async (status, code, after) => {
      const world = await openWorld();
      const timersOfLine = world.time.pending;
      world.backend.respond = () => ({ status });

      const messages = watch(world.client.conversation('garden').messageEvents({ after }));
      await world.time.advance(4_000);
      const endBefore = messages.end;
      await world.time.advance(60_000);

      expect(endBefore).toBeUndefined();
      expect(messages.end).toBe(code);
      expect(world.time.pending).toBe(timersOfLine);
    },
  );

  it.each([404, 403])('not while the line brings more of it, though history answers %i', async (status) => {
    const world = await openWorld();
    world.backend.respond = () => ({ status });
    const messages = watch(world.client.conversation('garden').messageEvents());
    for (let each = 0; each < 8; each += 1) {
      world.receive(sent(each));
      await world.time.advance(2_000);
    }
    expect(messages.end).toBeUndefined();

    await world.time.advance(20_000);
    expect(ids(messages)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(messages.end).toBe('completed');
  });

  it.each([404, 403])('not when history answers %i only for a moment', async (status) => {
    const world = await gardenOf(2);
    world.backend.respond = () => ({ status });

    const messages = watch(world.client.conversation('garden').messageEvents());
    await world.time.advance(2_000);
    world.backend.respond = () => undefined;
    await world.time.advance(30_000);

    expect(ids(messages)).toEqual([0, 1]);
    expect(messages.end).toBeUndefined();
  });

  it('with the verdict that ends the line', async () => {
    const world = clientWorld({ reconnect: false });
    world.backend.logs.set('garden', sentFrom(0, 1));
    const messages = watch(world.client.conversation('garden').messageEvents());
    await settled();
    world.open();
    await settled();

    world.line.last().close(1011);

    expect(ids(messages)).toEqual([0, 1]);
    expect(messages.end).toBe('retries-exhausted');
  });

  it('only for now when the line can be revived: then it goes on at its cursor', async () => {
    const world = clientWorld({ reconnect: false });
    world.backend.logs.set('garden', sentFrom(0, 1));
    const log = world.client.conversation('garden').log();
    const others = watch(log.others$);
    watch(log.events$);
    await settled();
    world.open();
    await settled();
    world.line.last().close(1011);

    world.client.reconnect();
    const messages = watch(log.events$);
    await settled();
    world.open();
    world.receive(sent(2));
    world.receive(deletedMessage(3));
    await settled();

    expect(ids(messages)).toEqual([2]);
    expect(ids(others)).toEqual([3]);
    expect(messages.end).toBeUndefined();
  });
});

/** Holds back all pages until the function is called; those that are asked for later come at once. */
const answersWhenTold = (world: ClientWorld): (() => void) => {
  let answer = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const log = world.backend.logs.get('garden');
  world.backend.respond = async ({ path, query }) => {
    if (!path.endsWith('/events')) return { json: {} };
    await told;
    return { json: log?.slice(Number(query['from'])) };
  };
  return answer;
};

describe('history requests', () => {
  it('are at most four at once for all logs, and go on when one is left', async () => {
    const world = await openWorld();
    world.backend.respond = never;

    const logs = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) =>
      watch(world.client.conversation(id).messageEvents()),
    );
    await settled();
    const inFlightBefore = world.backend.inFlight;
    logs[0]?.unsubscribe();
    await settled();

    expect(inFlightBefore).toBe(4);
    expect(world.backend.inFlight).toBe(4);
    expect(world.backend.calls).toHaveLength(5);
  });

  it('are shared by logs that ask for the same at the same time', async () => {
    const world = await gardenOf(2);
    const garden = world.client.conversation('garden');

    const logs = [watch(garden.messageEvents()), watch(garden.messageEvents()), watch(garden.log().events$)];
    await settled();

    expect(logs.map(ids)).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(readings(world)).toEqual(['0', '2']);
  });

  it('are shared with one that is under way', async () => {
    const world = await gardenOf(2);
    const garden = world.client.conversation('garden');
    const answer = answersWhenTold(world);
    const logs = [watch(garden.messageEvents())];
    await world.time.advance(20);
    logs.push(watch(garden.messageEvents()));
    await world.time.advance(20);
    logs.push(watch(garden.messageEvents()));
    await settled();
    const underWay = readings(world);

    answer();
    await settled();

    expect(underWay).toEqual(['0']);
    expect(logs.map(ids)).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(readings(world)).toEqual(['0', '2']);
  });

  it('that went out before the line opened do not verify it for whoever joined later', async () => {
    const world = clientWorld();
    world.backend.logs.set('garden', []);
    const answer = answersWhenTold(world);
    world.client.connect();
    watch(world.client.conversation('garden').messageEvents());
    await world.time.advance(2_000);
    world.open();
    const { events$, status$ } = world.client.conversation('garden').log();
    const statuses = watch(status$);
    watch(events$);
    await world.time.advance(20);
    const underWay = readings(world);

    answer();
    await settled();
    const stateAfterJoined = statuses.values.at(-1)?.state;
    await world.time.advance(1_000);

    expect(underWay).toEqual(['0']);
    expect(stateAfterJoined).toBe('catching-up');
    expect(statuses.values.at(-1)?.state).toBe('live');
    expect(readings(world)).toEqual(['0', '0']);
  });

  it('are shared with one that still waits for its turn', async () => {
    const world = clientWorld({ history: { maxConcurrent: 1 } });
    world.backend.logs.set('garden', sentFrom(0, 1));
    world.backend.respond = ({ path }) => (path.includes('pond') ? never() : undefined);
    world.client.connect();
    await settled();
    world.open();
    const pond = watch(world.client.conversation('pond').messageEvents());
    const garden = world.client.conversation('garden');
    const first = watch(garden.messageEvents());
    await world.time.advance(1_000);
    const second = watch(garden.messageEvents());
    await settled();
    const callsBefore = [...world.backend.calls];

    pond.unsubscribe();
    await settled();

    expect(callsBefore).toEqual(['GET /conversations/pond/events']);
    expect([first, second].map(ids)).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(readings(world)).toEqual(['0', '0', '2']);
  });

  it('that are shared go on for those who stay', async () => {
    const world = await gardenOf(2);
    const garden = world.client.conversation('garden');
    const first = watch(garden.messageEvents());
    const second = watch(garden.messageEvents());

    first.unsubscribe();
    await settled();

    expect(ids(second)).toEqual([0, 1]);
  });
});
