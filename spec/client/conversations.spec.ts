import { describe, expect, it } from '@jest/globals';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import type { ConversationSummary } from '../../lib/projection/ConversationSummary.js';
import { clientWorld, type ClientWorld, openWorld } from '../support/clientWorld.js';
import { type FakeAnswer, never } from '../support/fakeBackend.js';
import { at } from '../support/eventOf.js';
import { added, deleted, removed, sentBy, type SentEntry } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { type Watched, watch } from '../support/watch.js';

/** A conversation as the server has it. */
interface Room {
  readonly id: string;
  readonly name?: string | undefined;
  readonly updated: number;
  readonly log: readonly SentEntry[];
}

interface Rooms {
  all: readonly Room[];
  /** Answers the list and the pages, before all else. */
  respond: (path: string) => FakeAnswer | Promise<FakeAnswer> | undefined;
}

const room = (id: string, updated: number, log: readonly SentEntry[] = []): Room => ({
  id,
  name: `The ${id}`,
  updated,
  log,
});

/** A message of somebody at this second. */
const said = (who: string, position: number, second: number, conversationId = 'garden'): SentEntry =>
  sentBy(who, position, { conversationId, sentOn: at(second) });

const status = (kind: 'read' | 'delivered', messageId: string, position: number, who = 'me'): SentEntry => ({
  eventId: `e${position}`,
  name: `conversationMessage.${kind}`,
  conversationId: 'garden',
  conversationEventId: position,
  payload: { messageId, conversationId: 'garden', profileId: who },
});

const isSent = ({ name }: SentEntry): boolean => name === 'conversationMessage.sent';

const listed = ({ id, name, updated, log }: Room): object => ({
  id,
  name,
  participantCount: 2,
  _updatedOn: at(updated),
  ...(log.some(isSent) && { latestSentEventId: log.findLast(isSent)?.conversationEventId }),
});

interface Sent {
  readonly messageId: string;
  readonly context: object;
}

const pageOf = ({ log }: Room): object => ({
  ...(log.length > 0 && { earliestEventId: 0, latestEventId: log.length - 1 }),
  messages: log.filter(isSent).map(({ conversationEventId, payload }) => {
    const { messageId, ...message } = payload as Sent;
    return { id: messageId, sentEventId: conversationEventId, statusUpdates: {}, ...message };
  }),
  orphanedEvents: [],
});

const usual = ({ all }: Rooms, path: string): FakeAnswer | undefined => {
  if (path === '/conversations') return { json: all.map(listed) };
  const id = /^\/conversations\/(.*)\/messages$/.exec(path)?.[1];
  const found = all.find((other) => other.id === id);
  return found && { json: pageOf(found) };
};

const worldOf = async (
  all: readonly Room[],
  options: Partial<ClientOptions> = {},
): Promise<ClientWorld & { readonly rooms: Rooms }> => {
  const world = await openWorld(options);
  const rooms: Rooms = { all, respond: () => undefined };
  world.backend.respond = ({ path }) => rooms.respond(path) ?? usual(rooms, path);
  return Object.assign(world, { rooms });
};

type List = Watched<readonly ConversationSummary[]>;

const last = ({ values }: List): readonly ConversationSummary[] => values.at(-1) ?? [];
const ids = (list: List): readonly string[] => last(list).map(({ id }) => id);
const of = (list: List, id: string): ConversationSummary | undefined =>
  last(list).find((summary) => summary.id === id);

const count = ({ backend }: ClientWorld, ending: string): number =>
  backend.calls.filter((call) => call.endsWith(ending)).length;
const lists = (world: ClientWorld): number => count(world, 'GET /conversations');
const pages = (world: ClientWorld): number => count(world, '/messages');

const GARDEN = room('garden', 10, [said('bob', 0, 100), said('me', 1, 101), said('cat', 2, 102)]);
const POND = room('pond', 20);

describe('conversations$', () => {
  it('says nothing before the first list, then all of it, then the latest messages', async () => {
    const world = await worldOf([GARDEN, POND]);
    world.rooms.respond = never;
    const list = watch(world.client.conversations$);
    await settled();
    const before = list.values.length;
    world.rooms.respond = (path) => (path.endsWith('/messages') ? never() : undefined);
    world.line.last().close();
    await world.time.advance(1_000);
    world.open();
    await settled();

    expect(before).toBe(0);
    expect(last(list)).toEqual([
      { id: 'pond', name: 'The pond', participantCount: 2, updatedOn: at(20) },
      { id: 'garden', name: 'The garden', participantCount: 2, updatedOn: at(10), latestSentEventId: 2 },
    ]);
  });

  it('shows the latest message and what I have not read, the latest first', async () => {
    const world = await worldOf([GARDEN, POND]);

    const list = watch(world.client.conversations$);
    await settled();

    expect(ids(list)).toEqual(['garden', 'pond']);
    expect(of(list, 'garden')).toMatchObject({ latestMessage: { id: 'm2', sender: 'cat' }, unread: 2 });
    expect(of(list, 'pond')?.latestMessage).toBeUndefined();
    expect(of(list, 'pond')?.unread).toBe(0);
    expect([lists(world), pages(world)]).toEqual([1, 2]);
  });

  it('wants the line, and does not wait for it', async () => {
    const world = clientWorld();
    world.backend.respond = ({ path }) => (path === '/conversations' ? { json: [listed(POND)] } : undefined);

    const list = watch(world.client.conversations$);
    await settled();

    expect([world.client.status.state, ids(list)]).toEqual(['connecting', ['pond']]);
  });

  it('follows live messages without a request, and counts what I read', async () => {
    const world = await worldOf([GARDEN, POND]);
    const list = watch(world.client.conversations$);
    await settled();
    const before = world.backend.calls.length;

    world.receive(said('bob', 0, 200, 'pond'));
    const unread = [of(list, 'pond')?.unread];
    world.receive(said('me', 1, 201, 'pond'));
    unread.push(of(list, 'pond')?.unread);
    world.receive(status('read', 'm2', 3));
    world.receive(status('read', 'm2', 4));
    world.receive(status('delivered', 'm0', 5));
    unread.push(of(list, 'garden')?.unread);
    await settled();

    expect(unread).toEqual([1, 1, 1]);
    expect(ids(list)).toEqual(['pond', 'garden']);
    expect(of(list, 'pond')).toMatchObject({ latestMessage: { id: 'm1' }, latestSentEventId: 1 });
    expect(world.backend.calls).toHaveLength(before);
  });

  it('keeps what did not change the same object, and is silent when nothing did', async () => {
    const world = await worldOf([GARDEN, POND]);
    const list = watch(world.client.conversations$);
    await settled();
    const [before, emissions] = [of(list, 'garden'), list.values.length];

    await world.time.advance(200_000);
    const afterLooks = list.values.length;
    world.receive(said('bob', 0, 300, 'pond'));

    expect([lists(world), afterLooks]).toEqual([5, emissions]);
    expect(of(list, 'garden')).toBe(before);
  });

  it('takes in a conversation that I was added to, also when the list is behind', async () => {
    const world = await worldOf([POND]);
    const list = watch(world.client.conversations$);
    await world.time.advance(10_000);

    world.receive(added('me'));
    await world.time.advance(2_500);
    const meanwhile = ids(list);
    world.rooms.all = [GARDEN, POND];
    await world.time.advance(1_500);

    expect([meanwhile, ids(list)]).toEqual([['pond'], ['garden', 'pond']]);
    expect(of(list, 'garden')?.unread).toBe(2);
  });

  it('gives up a conversation that no list names, and asks no more for it', async () => {
    const world = await worldOf([POND]);
    watch(world.client.conversations$);
    await world.time.advance(10_000);
    world.receive(added('me'));
    world.receive(said('bob', 7, 1, 'alley'));
    await world.time.advance(10_000);
    const before = lists(world);

    world.receive(said('bob', 8, 1, 'alley'));
    await world.time.advance(10_000);

    expect(before).toBeLessThan(12);
    expect(lists(world)).toBe(before);
  });

  it.each([
    ['I am removed', removed('me')],
    ['it is deleted', deleted()],
  ])('lets a conversation go when %s, also when a list still names it', async (_, frame) => {
    const world = await worldOf([GARDEN, POND]);
    const list = watch(world.client.conversations$);
    await settled();

    world.receive(frame);
    const atOnce = ids(list);
    await world.time.advance(2_000);

    expect([atOnce, ids(list), lists(world)]).toEqual([['pond'], ['pond'], 2]);
  });

  it('brings back a conversation that is undeleted', async () => {
    const world = await worldOf([GARDEN, POND]);
    const list = watch(world.client.conversations$);
    await settled();
    world.receive(deleted());
    world.rooms.all = [POND];
    await world.time.advance(20_000);

    world.rooms.all = [GARDEN, POND];
    world.receive({ name: 'conversation.undelete', conversationId: 'garden' });
    await settled();

    expect(ids(list)).toEqual(['garden', 'pond']);
  });

  it('takes over what an update says, and reads what it leaves open', async () => {
    const world = await worldOf([GARDEN, POND]);
    const list = watch(world.client.conversations$);
    await settled();

    world.receive({ name: 'conversation.update', conversationId: 'pond', payload: { name: 'The lake' } });
    const named = of(list, 'pond')?.name;
    world.rooms.all = [GARDEN, { ...POND, name: undefined }];
    world.receive({ name: 'conversation.update', conversationId: 'pond', payload: { isPublic: true } });
    await world.time.advance(1_000);

    expect([named, of(list, 'pond')?.name, of(list, 'pond')?.isPublic]).toEqual([
      'The lake',
      undefined,
      true,
    ]);
  });

  it('reads again how many take part when somebody comes or goes, once for many', async () => {
    const world = await worldOf([POND]);
    watch(world.client.conversations$);
    await world.time.advance(10_000);
    const before = lists(world);

    for (const who of ['a', 'b', 'c', 'd']) world.receive(added(who, 'pond'));
    await world.time.advance(5_000);

    expect(lists(world) - before).toBe(1);
  });

  it('is right again after a drop, whatever was missed', async () => {
    const world = await worldOf([GARDEN, POND, room('shed', 1)]);
    const list = watch(world.client.conversations$);
    await world.time.advance(5_000);

    world.line.last().close();
    world.rooms.all = [
      { ...GARDEN, log: [...GARDEN.log, said('bob', 3, 300)] },
      { ...POND, log: [said('bob', 0, 301, 'pond')] },
      room('attic', 400),
    ];
    await world.time.advance(1_000);
    world.open();
    await settled();

    expect(ids(list)).toEqual(['attic', 'pond', 'garden']);
    expect(of(list, 'garden')).toMatchObject({ latestMessage: { id: 'm3' }, unread: 3 });
    expect(of(list, 'pond')).toMatchObject({ latestMessage: { id: 'm0' }, unread: 1 });
  });

  it('reads a page once more where something below its newest message could not be seen yet', async () => {
    const world = await worldOf([GARDEN]);
    const list = watch(world.client.conversations$);
    await world.time.advance(5_000);
    world.line.last().close();
    const [log, later] = [[...GARDEN.log, said('bob', 3, 300)], said('bob', 4, 301)];
    world.rooms.all = [{ ...GARDEN, log: [...log, later] }];
    let behind = true;
    world.rooms.respond = (path) => {
      if (!behind || !path.endsWith('/messages')) return undefined;
      behind = false;
      const page = pageOf({ ...GARDEN, log: [...GARDEN.log, later] });
      return { json: { ...page, latestEventId: 4 } };
    };
    await world.time.advance(1_000);
    world.open();
    await settled();
    expect(of(list, 'garden')).toMatchObject({ latestMessage: { id: 'm4' }, unread: 3 });
    const before = pages(world);

    await world.time.advance(30_000);

    expect(of(list, 'garden')).toMatchObject({ latestMessage: { id: 'm4' }, unread: 4 });
    expect(pages(world) - before).toBe(1);
  });

  it('finds a message whose frame was lost when a later one has come', async () => {
    const world = await worldOf([GARDEN]);
    const list = watch(world.client.conversations$);
    await world.time.advance(15_000);
    const before = pages(world);

    world.rooms.all = [{ ...GARDEN, log: [...GARDEN.log, said('bob', 3, 300), said('bob', 4, 301)] }];
    world.receive(said('bob', 4, 301));
    expect(of(list, 'garden')).toMatchObject({ unread: 3 });
    await world.time.advance(2_000);

    expect(of(list, 'garden')).toMatchObject({ latestMessage: { id: 'm4' }, unread: 4 });
    expect(pages(world) - before).toBe(1);
  });

  it('asks nothing where frames only overtake each other, and not each time for a hole', async () => {
    const world = await worldOf([GARDEN]);
    watch(world.client.conversations$);
    await world.time.advance(15_000);
    const before = pages(world);

    for (const position of [4, 3, 6, 5]) world.receive(said('bob', position, 300 + position));
    await world.time.advance(5_000);
    expect(pages(world) - before).toBe(0);
    for (let position = 8; position < 28; position += 2) {
      world.receive(said('bob', position, 300 + position));
      await world.time.advance(1_000);
    }

    expect(pages(world) - before).toBeLessThanOrEqual(2);
  });

  it('has one page of a conversation under way, however much shows that frames were lost', async () => {
    const world = await worldOf([GARDEN]);
    watch(world.client.conversations$);
    await world.time.advance(15_000);
    world.rooms.respond = (path) => (path.endsWith('/messages') ? never() : undefined);

    for (let position = 8; position < 28; position += 2) {
      world.receive(said('bob', position, 300 + position));
      await world.time.advance(11_000);
    }

    expect(world.backend.inFlight).toBe(1);
  });

  it('finds a message whose frame was lost when it looks the next time', async () => {
    const world = await worldOf([GARDEN, POND]);
    const list = watch(world.client.conversations$);
    await world.time.advance(5_000);
    const before = pages(world);

    world.rooms.all = [GARDEN, { ...POND, log: [said('bob', 0, 301, 'pond')] }];
    await world.time.advance(60_000);

    expect(of(list, 'pond')).toMatchObject({ latestMessage: { id: 'm0' }, unread: 1 });
    expect(pages(world) - before).toBe(1);
  });

  it('counts a message no more that was read on another device, though nothing ever said so', async () => {
    const world = await worldOf([GARDEN, POND]);
    const list = watch(world.client.conversations$);
    await settled();
    const before = pages(world);
    const payload = { messageId: 'm2', conversationId: 'garden', profileId: 'me' };
    const read = { id: 3, data: { name: 'read', eventId: 'e3', profileId: 'me', payload } };
    world.rooms.respond = (path) =>
      path.endsWith('/garden/messages')
        ? { json: { ...pageOf(GARDEN), latestEventId: 3, orphanedEvents: [read] } }
        : undefined;

    await world.time.advance(60_000);

    expect(of(list, 'garden')).toMatchObject({ latestMessage: { id: 'm2' }, unread: 1 });
    expect(pages(world) - before).toBe(1);
  });

  it('looks at a page again no faster than it may ask for the same thing, though told to look all the time', async () => {
    const world = await worldOf([GARDEN, POND], { history: { idleProbeMs: 0, repollMs: 400 } });
    let asked = 0;
    world.rooms.respond = (path) => {
      if (!path.endsWith('/messages')) return undefined;
      asked += 1;
      // Without an end the answers alone would keep the test from ever going on.
      return asked > 100 ? never() : undefined;
    };
    watch(world.client.conversations$);

    await world.time.advance(4_000);

    expect(asked).toBeLessThanOrEqual(12);
  });

  it('reads twenty pages of three hundred conversations, and one more for each that is touched', async () => {
    const rooms = Array.from({ length: 300 }, (_, index) =>
      room(`c${index}`, index, [said('bob', 0, 1_000 + index, `c${index}`)]),
    );
    const world = await worldOf(rooms);
    const list = watch(world.client.conversations$);
    await world.time.advance(5_000);
    const atFirst = [lists(world), pages(world)];

    world.receive(said('bob', 1, 5_000, 'c7'));
    world.receive(said('bob', 2, 5_001, 'c7'));
    await settled();

    expect(atFirst).toEqual([2, 20]);
    expect(pages(world)).toBe(21);
    expect(ids(list).slice(0, 3)).toEqual(['c7', 'c299', 'c298']);
    expect(last(list).filter(({ latestMessage }) => latestMessage !== undefined)).toHaveLength(21);
    expect(of(list, 'c7')?.unread).toBe(3);
    expect(of(list, 'c100')).toEqual({
      id: 'c100',
      name: 'The c100',
      participantCount: 2,
      updatedOn: at(100),
      latestSentEventId: 0,
    });
  });

  it('reads a page of those in which something was said while the line was down, but not of hundreds', async () => {
    const rooms = Array.from({ length: 300 }, (_, index) => room(`c${index}`, index));
    const world = await worldOf(rooms);
    const list = watch(world.client.conversations$);
    await world.time.advance(5_000);
    const before = pages(world);

    world.line.last().close();
    world.rooms.all = rooms.map((each, index) => ({
      ...each,
      log: index < 100 ? [said('bob', 0, 1_000 + index, each.id)] : [],
    }));
    await world.time.advance(1_000);
    world.open();
    await settled();
    const atOnce = pages(world) - before;
    await world.time.advance(400_000);

    // Twenty that were at the top, and twenty of those that changed.
    expect(atOnce).toBe(40);
    expect(last(list).filter(({ latestMessage }) => latestMessage !== undefined)).toHaveLength(100);
    expect(ids(list)[0]).toBe('c99');
  });

  it('knows what I have read as soon as the server has it, though the frame that says so is lost', async () => {
    const world = await worldOf([GARDEN, POND]);
    const list = watch(world.client.conversations$);
    await settled();
    world.rooms.respond = (path) => (path.endsWith('/statusupdates') ? {} : undefined);

    watch(world.client.conversation('garden').markRead(['m0', 'm2']));
    await world.time.advance(200);

    expect(of(list, 'garden')?.unread).toBe(0);
  });

  it('reads further back where a page holds statuses only', async () => {
    const world = await worldOf([POND]);
    const asked: string[] = [];
    world.backend.respond = ({ path, query }) => {
      if (!path.endsWith('/messages')) return { json: [listed(POND)] };
      asked.push(query['from'] ?? 'newest');
      return query['from'] === undefined
        ? { json: { earliestEventId: 50, latestEventId: 149, messages: [], orphanedEvents: [] } }
        : { json: pageOf(GARDEN) };
    };

    const list = watch(world.client.conversations$);
    await settled();

    expect([asked, of(list, 'pond')?.latestMessage?.id]).toEqual([['newest', '49'], 'm2']);
  });

  it('leaves out what has no id, shows all others, and reports it', async () => {
    const world = await worldOf([GARDEN, POND]);
    const bad = { name: 'without an id' };
    world.rooms.respond = (path) =>
      path === '/conversations' ? { json: [listed(GARDEN), bad, null, listed(POND)] } : undefined;
    const errors = watch(world.client.decodeErrors$);
    const list = watch(world.client.conversations$);

    await settled();

    expect(ids(list)).toEqual(['garden', 'pond']);
    expect(errors.values.map(({ kind, raw }) => [kind, raw()])).toEqual([
      ['invalid-payload', bad],
      ['invalid-payload', null],
    ]);
  });

  it('never empties for a list that failed, and reads it again', async () => {
    const world = await worldOf([GARDEN, POND]);
    const list = watch(world.client.conversations$);
    await world.time.advance(5_000);
    world.rooms.respond = () => ({ status: 500 });
    world.line.last().close();
    await world.time.advance(1_000);
    world.open();
    await world.time.advance(20_000);
    const whileFailing = ids(list);

    world.rooms.respond = () => undefined;
    world.rooms.all = [POND];
    await world.time.advance(30_000);

    expect([whileFailing, ids(list), list.end]).toEqual([['garden', 'pond'], ['pond'], undefined]);
  });

  it('has as many requests under way as the client may have', async () => {
    const world = await worldOf(
      Array.from({ length: 30 }, (_, index) => room(`c${index}`, index)),
      { history: { maxConcurrent: 2 } },
    );
    world.rooms.respond = (path) => (path.endsWith('/messages') ? never() : undefined);

    watch(world.client.conversations$);
    await settled();

    expect(world.backend.inFlight).toBe(2);
  });

  it('shows what it can of a conversation whose page cannot be read', async () => {
    const world = await worldOf([GARDEN, POND]);
    world.rooms.respond = (path) => (path.includes('garden') ? { status: 403 } : undefined);

    const list = watch(world.client.conversations$);
    await world.time.advance(10_000);

    expect([ids(list), of(list, 'garden')?.unread, list.end]).toEqual([
      ['pond', 'garden'],
      undefined,
      undefined,
    ]);
  });

  it('is shared, and begins anew when the last one has gone', async () => {
    const world = await worldOf([GARDEN, POND]);
    const before = world.time.pending;
    const first = watch(world.client.conversations$);
    await settled();

    const second = watch(world.client.conversations$);
    const atOnce = ids(second);
    first.unsubscribe();
    second.unsubscribe();

    expect([atOnce, lists(world)]).toEqual([['garden', 'pond'], 1]);
    expect(world.time.pending).toBe(before);
  });

  it('completes with the client, and leaves neither a request nor a timer', async () => {
    const world = await worldOf([GARDEN, POND]);
    world.rooms.respond = never;
    const list = watch(world.client.conversations$);
    await settled();

    await world.client.close();
    const later = watch(world.client.conversations$);

    expect([list.end, later.end]).toEqual(['completed', 'completed']);
    expect([world.backend.inFlight, world.time.pending]).toEqual([0, 0]);
  });

  it('errors with the verdict that ends the line, and is there again when that is revived', async () => {
    const world = await worldOf([GARDEN], { reconnect: false });
    const list = watch(world.client.conversations$);
    await settled();
    world.line.last().close();
    const failed = watch(world.client.conversations$);
    world.client.reconnect();

    const later = watch(world.client.conversations$);
    await settled();
    world.open();
    await settled();

    expect([list.end, failed.end]).toEqual(['retries-exhausted', 'retries-exhausted']);
    expect(ids(later)).toEqual(['garden']);
  });
});
