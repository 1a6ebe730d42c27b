import { describe, expect, it } from '@jest/globals';
import { clientWorld, type ClientWorld } from '../support/clientWorld.js';
import { type FakeAnswer, type FakeRequest, never } from '../support/fakeBackend.js';
import { settled } from '../support/virtualTime.js';
import { type Watched, watch } from '../support/watch.js';

interface Update {
  readonly messageIds: readonly string[];
  readonly status: string;
  readonly timestamp: string;
}

const isMarking = ({ path }: FakeRequest): boolean => path.endsWith('/messages/statusupdates');

const idsIn = ({ body }: FakeRequest): readonly string[] =>
  (body as readonly Update[]).flatMap(({ messageIds }) => messageIds);

/** A world whose backend takes marks. */
const markWorld = (
  answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer> = () => ({}),
): ClientWorld => {
  const world = clientWorld();
  world.backend.respond = (request) => (isMarking(request) ? answer(request) : undefined);
  return world;
};

/** What each request said: statuses with their messages. */
const sentMarks = ({ backend }: ClientWorld): readonly (readonly string[])[] =>
  backend.requests
    .filter(isMarking)
    .map(({ body }) =>
      (body as readonly Update[]).map(({ status, messageIds }) => `${status} ${messageIds.join()}`),
    );

const mark = (
  world: ClientWorld,
  kind: 'delivered' | 'read',
  ids: readonly string[],
  id = 'garden',
): Watched<void> => {
  const conversation = world.client.conversation(id);
  return watch(kind === 'read' ? conversation.markRead(ids) : conversation.markDelivered(ids));
};

describe('marks', () => {
  it('that come close together travel together, each once, and all are told', async () => {
    const world = markWorld();

    const all = [
      mark(world, 'delivered', ['a', 'b']),
      mark(world, 'delivered', ['b', 'c', 'c']),
      mark(world, 'read', ['a', 'd']),
    ];
    await world.time.advance(99);
    const before = sentMarks(world).length;
    await world.time.advance(1);

    expect([before, sentMarks(world)]).toEqual([0, [['read a,d', 'delivered b,c']]]);
    expect(all.map(({ values, end }) => [values, end])).toEqual(all.map(() => [[undefined], 'completed']));
  });

  it('go to their own conversation', async () => {
    const world = markWorld();

    mark(world, 'read', ['a']);
    mark(world, 'read', ['a'], 'pond/1');
    await world.time.advance(100);

    expect(world.backend.calls).toEqual([
      'POST /conversations/garden/messages/statusupdates',
      'POST /conversations/pond%2F1/messages/statusupdates',
    ]);
  });

  it('that the server has are not sent again, and neither is a lesser one', async () => {
    const world = markWorld();
    mark(world, 'read', ['a']);
    mark(world, 'delivered', ['b']);
    await world.time.advance(100);

    const again = [mark(world, 'read', ['a']), mark(world, 'delivered', ['a']), mark(world, 'delivered', [])];
    mark(world, 'read', ['b']);
    await world.time.advance(100);

    expect(again.map(({ end }) => end)).toEqual(['completed', 'completed', 'completed']);
    expect(sentMarks(world)).toEqual([['read a', 'delivered b'], ['read b']]);
  });

  it('are sent with the time at which they were set', async () => {
    const world = markWorld();
    mark(world, 'read', ['a']);
    await world.time.advance(40);
    mark(world, 'read', ['b']);

    await world.time.advance(60);

    expect(world.backend.requests.at(-1)?.body).toEqual([
      { messageIds: ['a'], status: 'read', timestamp: new Date(0).toISOString() },
      { messageIds: ['b'], status: 'read', timestamp: new Date(40).toISOString() },
    ]);
  });

  it('travel a hundred at a time, one request after another', async () => {
    const answers: ((answer: FakeAnswer) => void)[] = [];
    const world = markWorld(() => new Promise((resolve) => answers.push(resolve)));
    const ids = Array.from({ length: 250 }, (_, index) => `m${index}`);
    const marked = mark(world, 'read', ids);

    await world.time.advance(100);
    const underWay = [answers.length];
    for (const index of [0, 1, 2]) {
      answers[index]?.({});
      await settled();
      underWay.push(answers.length);
    }

    expect(underWay).toEqual([1, 2, 3, 3]);
    expect(world.backend.requests.filter(isMarking).map((request) => idsIn(request).length)).toEqual([
      100, 100, 50,
    ]);
    expect(world.backend.requests.filter(isMarking).flatMap(idsIn)).toEqual(ids);
    expect(marked.end).toBe('completed');
  });

  it('join one that is under way, and wait for it where they want more', async () => {
    let answer: ((reply: FakeAnswer) => void) | undefined;
    const world = markWorld(() => new Promise((resolve) => (answer = resolve)));
    mark(world, 'delivered', ['a']);
    await world.time.advance(100);

    const joined = mark(world, 'delivered', ['a']);
    const more = mark(world, 'read', ['a']);
    await world.time.advance(1_000);
    answer?.({});
    await settled();
    const afterFirst = [joined.end, more.end];
    answer?.({});
    await settled();

    expect([afterFirst, more.end]).toEqual([['completed', undefined], 'completed']);
    expect(sentMarks(world)).toEqual([['delivered a'], ['read a']]);
  });

  it('are tried again until they are there, and nobody has to wait for that', async () => {
    const answers: FakeAnswer[] = [{ status: 500 }, { status: 503 }, { status: 408 }, { status: 429 }];
    const world = markWorld(() => answers.shift() ?? {});
    const marked = mark(world, 'delivered', ['a']);
    await world.time.advance(150);
    marked.unsubscribe();

    await world.time.advance(10_000);

    expect(sentMarks(world)).toEqual(Array.from({ length: 5 }, () => ['delivered a']));
    expect(mark(world, 'delivered', ['a']).end).toBe('completed');
  });

  it('wait for as long as the server wants', async () => {
    const answers: FakeAnswer[] = [{ status: 429, headers: { 'Retry-After': '20' } }];
    const world = markWorld(() => answers.shift() ?? {});
    mark(world, 'read', ['a']);

    await world.time.advance(20_000);
    const before = sentMarks(world).length;
    await world.time.advance(2_000);

    expect([before, sentMarks(world).length]).toEqual([1, 2]);
  });

  it('suffer nothing from one that the server refuses', async () => {
    const world = markWorld((request) => (idsIn(request).includes('bad') ? { status: 400 } : {}));
    const good = mark(world, 'read', ['a', 'b', 'c', 'd', 'e']);
    const bad = mark(world, 'read', ['bad']);

    await world.time.advance(100);

    expect([good.end, bad.end]).toEqual(['completed', 'http']);
    expect(mark(world, 'read', ['c']).end).toBe('completed');
  });

  it.each([
    [404, 'not-found'],
    [403, 'forbidden'],
  ])('error when a %i lasts, not before', async (status, code) => {
    const world = markWorld(() => ({ status }));
    const marked = mark(world, 'read', ['a', 'b']);

    await world.time.advance(4_000);
    const before = marked.end;
    await world.time.advance(3_000);

    expect([before, marked.end]).toEqual([undefined, code]);
  });

  it('reach a conversation that is not known at once', async () => {
    const world: ClientWorld = markWorld(() => (world.time.scheduler.now() < 3_000 ? { status: 404 } : {}));
    const marked = mark(world, 'delivered', ['a']);

    await world.time.advance(6_000);

    expect(marked.end).toBe('completed');
  });

  it('start with a subscription, and run once for a call', async () => {
    const world = markWorld();
    const command$ = world.client.conversation('garden').markRead(['a']);
    await world.time.advance(200);
    const before = sentMarks(world).length;

    watch(command$);
    watch(command$);
    await world.time.advance(200);

    expect([before, sentMarks(world)]).toEqual([0, [['read a']]]);
  });

  it('are sent as they were when they were set, whatever becomes of the list', async () => {
    const world = markWorld();
    const ids = ['a'];
    const command$ = world.client.conversation('garden').markRead(ids);
    ids.push('b');

    watch(command$);
    await world.time.advance(200);

    expect(sentMarks(world)).toEqual([['read a']]);
  });

  it('error with `closed` when the client ends before, and leave nothing behind', async () => {
    const world = markWorld(never);
    const underWay = mark(world, 'read', ['a']);
    await world.time.advance(100);
    const waiting = mark(world, 'read', ['b']);
    const gathering = mark(world, 'read', ['c'], 'pond');

    await world.client.close();
    const later = mark(world, 'read', ['d']);
    await settled();

    expect([underWay, waiting, gathering, later].map(({ end }) => end)).toEqual(
      Array.from({ length: 4 }, () => 'closed'),
    );
    expect([world.backend.inFlight, world.time.pending]).toEqual([0, 0]);
  });

  it('are forgotten with the session: the next one may be somebody else', async () => {
    const world = markWorld();
    mark(world, 'read', ['a']);
    await world.time.advance(100);
    watch(world.client.endSession());
    await settled();

    mark(world, 'read', ['a']);
    await world.time.advance(100);

    expect(sentMarks(world)).toHaveLength(2);
  });

  it('do not write to more conversations at once than may be read', async () => {
    const world = markWorld(never);

    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) mark(world, 'read', ['m'], id);
    await world.time.advance(100);

    expect(world.backend.inFlight).toBe(4);
  });

  it.each([['a'], [[7]], [['']], [null]])('throw at %j', (ids) => {
    const conversation = markWorld().client.conversation('garden');

    // As a caller without types would.
    const calls = [() => conversation.markRead(ids as never), () => conversation.markDelivered(ids as never)];

    for (const call of calls) {
      expect(call).toThrow(new TypeError('messageIds must be a list of strings that are not empty.'));
    }
  });
});
