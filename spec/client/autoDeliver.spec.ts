import { describe, expect, it } from '@jest/globals';
import { Subject, take } from 'rxjs';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import { type ClientWorld, openWorld } from '../support/clientWorld.js';
import { type FakeAnswer, never } from '../support/fakeBackend.js';
import { sentBy, type SentEntry } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const status = (
  kind: 'delivered' | 'read',
  messageId: string,
  conversationEventId: number,
  profileId = 'me',
): SentEntry => ({
  eventId: `e${conversationEventId}`,
  name: `conversationMessage.${kind}`,
  conversationId: 'garden',
  conversationEventId,
  payload: { messageId, conversationId: 'garden', profileId },
});

const deliveringWorld = async (
  log: readonly SentEntry[],
  options: Partial<ClientOptions> = {},
): Promise<ClientWorld & { answer: () => FakeAnswer }> => {
  const world = Object.assign(await openWorld({ autoDeliver: true, ...options }), {
    answer: (): FakeAnswer => ({}),
  });
  world.backend.logs.set('garden', log);
  world.backend.respond = ({ path }) => (path.endsWith('/statusupdates') ? world.answer() : undefined);
  return world;
};

/** Every message that was marked, in order, with its status. */
const marked = ({ backend }: ClientWorld): readonly string[] =>
  backend.requests
    .filter(({ path }) => path.endsWith('/statusupdates'))
    .flatMap(
      ({ body }) => body as readonly { readonly messageIds: readonly string[]; readonly status: string }[],
    )
    .flatMap(({ messageIds, status: kind }) => messageIds.map((id) => `${id} ${kind}`));

const follow = (world: ClientWorld) => watch(world.client.conversation('garden').messageEvents());

describe('autoDeliver', () => {
  it('marks messages of others, from history and live, never mine', async () => {
    const world = await deliveringWorld([sentBy('bob', 0), sentBy('me', 1), sentBy('cat', 2)]);
    follow(world);
    await world.time.advance(3_000);

    world.receive(sentBy('bob', 3));
    world.receive(sentBy('me', 4));
    await world.time.advance(200);

    expect(marked(world)).toEqual(['m0 delivered', 'm2 delivered', 'm3 delivered']);
  });

  it('marks a message of which something is unusable, as a timeline shows what is left of it', async () => {
    const payload = { messageId: 'm1', parts: 'none', context: { from: { id: 'bob' } } };
    const unusable = { ...sentBy('bob', 1), payload };
    const world = await deliveringWorld([sentBy('me', 0)]);
    const timeline = watch(world.client.conversation('garden').timeline());
    await world.time.advance(3_000);

    world.backend.logs.set('garden', [sentBy('me', 0), unusable, sentBy('me', 2)]);
    world.receive(sentBy('me', 2));
    await world.time.advance(3_000);

    expect(timeline.values.at(-1)?.messages).toHaveLength(3);
    expect(marked(world)).toEqual(['m1 delivered']);
  });

  it('marks nothing that I have marked before, though the log says so pages later', async () => {
    const log = [
      ...Array.from({ length: 10 }, (_, index) => sentBy('bob', index)),
      status('delivered', 'm0', 10),
      status('read', 'm1', 11),
      status('read', 'm2', 12, 'cat'),
    ];
    const world = await deliveringWorld(log, { history: { pageSize: 3 } });
    follow(world);

    await world.time.advance(5_000);

    expect(marked(world)).toEqual([2, 3, 4, 5, 6, 7, 8, 9].map((index) => `m${index} delivered`));
  });

  it('marks what was missed while the line was down', async () => {
    const world = await deliveringWorld([sentBy('bob', 0)]);
    follow(world);
    await world.time.advance(3_000);
    world.line.last().close();
    world.backend.logs.set('garden', [sentBy('bob', 0), sentBy('bob', 1), sentBy('cat', 2)]);

    await world.time.advance(1_000);
    world.open();
    await world.time.advance(3_000);

    expect(marked(world)).toEqual(['m0 delivered', 'm1 delivered', 'm2 delivered']);
  });

  it('marks each once, however many follow and however often', async () => {
    const world = await deliveringWorld([sentBy('bob', 0)]);
    follow(world);
    const second = follow(world);
    await world.time.advance(3_000);
    second.unsubscribe();

    follow(world);
    world.receive(sentBy('bob', 0));
    await world.time.advance(3_000);

    expect(marked(world)).toEqual(['m0 delivered']);
  });

  it('marks what comes by the line to whoever listens, though nobody follows its conversation', async () => {
    const world = await deliveringWorld([]);
    watch(world.client.conversationMessageEvent$);
    await settled();

    world.receive(sentBy('bob', 0));
    world.receive(sentBy('bob', 0));
    world.receive(sentBy('me', 1));
    world.receive(sentBy('', 2));
    world.receive(status('delivered', 'm3', 3));
    world.receive(sentBy('bob', 3));
    await world.time.advance(200);
    world.receive(sentBy('bob', 0));
    await world.time.advance(200);

    expect(marked(world)).toEqual(['m0 delivered']);
  });

  it('marks what came through before somebody left', async () => {
    const world = await deliveringWorld([sentBy('bob', 0), sentBy('bob', 1)]);

    watch(world.client.conversation('garden').messageEvents().pipe(take(1)));
    await world.time.advance(200);

    expect(marked(world)).toEqual(['m0 delivered']);
  });

  it('marks what an iteration has taken in', async () => {
    const world = await deliveringWorld([sentBy('bob', 0), sentBy('me', 1)]);
    const iterator = world.client.conversation('garden').iterate();

    const first = await iterator.next();
    await world.time.advance(1_000);

    expect([first.done, marked(world)]).toEqual([false, ['m0 delivered']]);
  });

  it.each([
    ['it is off', { autoDeliver: false }, 'bob'],
    ['it is not asked for', { autoDeliver: undefined }, 'bob'],
    ['nobody knows who I am', { profileId: undefined }, 'bob'],
    ['nobody knows who sent it', {}, ''],
  ])('marks nothing where %s', async (_, options, sender) => {
    const world = await deliveringWorld([sentBy(sender, 0)], options as Partial<ClientOptions>);
    follow(world);
    await world.time.advance(3_000);

    world.receive(sentBy(sender, 1));
    await world.time.advance(3_000);

    expect(marked(world)).toEqual([]);
  });

  it('never lets a reader feel that a mark has failed', async () => {
    const world = await deliveringWorld([sentBy('bob', 0)]);
    world.answer = () => ({ status: 400 });
    const messages = follow(world);
    await world.time.advance(3_000);
    world.answer = () => ({ status: 500 });
    world.receive(sentBy('bob', 1));
    await world.time.advance(3_000);

    world.answer = () => ({});
    await world.time.advance(30_000);

    expect([messages.values.length, messages.end]).toEqual([2, undefined]);
    expect(marked(world).at(-1)).toBe('m1 delivered');
  });

  it('marks nothing after the end of the session, and leaves nothing behind', async () => {
    const world = await deliveringWorld([sentBy('bob', 0)]);
    world.backend.logs.set(
      'garden',
      Array.from({ length: 250 }, (_, index) => sentBy('bob', index)),
    );
    const messages = follow(world);
    await settled();

    watch(world.client.endSession());
    await world.time.advance(3_000);

    expect([messages.end, world.backend.inFlight, world.time.pending]).toEqual(['completed', 0, 0]);
    expect(marked(world)).toEqual([]);
  });

  it('marks nothing for who leaves in answer to the end of the session: nobody is logged in anew', async () => {
    const world = await deliveringWorld([sentBy('bob', 0)]);
    const { respond } = world.backend;
    world.backend.respond = (request) =>
      request.path.endsWith('/garden/events') ? never() : respond(request);
    const { client } = world;
    const pond = client.conversation('pond').messageEvents();
    pond.subscribe({ complete: () => messages.unsubscribe() });
    const messages = follow(world);
    await settled();
    world.receive(sentBy('bob', 0));
    await world.time.advance(200);
    const before = marked(world);
    const calls = world.backend.calls.length;

    watch(client.endSession());
    await world.time.advance(3_000);

    expect([before, messages.values.length]).toEqual([['m0 delivered'], 1]);
    expect(world.backend.calls.slice(calls)).toEqual([]);
  });

  it('marks what a timeline shows, older pages too, and nothing that a page shows to be marked', async () => {
    const world = await deliveringWorld([]);
    const message = (position: number, statusUpdates: object = {}): object => ({
      id: `m${position}`,
      sentEventId: position,
      context: { from: { id: position === 3 ? 'me' : 'bob' } },
      parts: [],
      statusUpdates,
    });
    const orphan = { id: 5, data: { name: 'read', payload: { messageId: 'm1', profileId: 'me' } } };
    const newest = {
      earliestEventId: 2,
      latestEventId: 5,
      messages: [message(4), message(3), message(2, { me: { status: 'delivered' } })],
      orphanedEvents: [orphan],
    };
    const older = {
      earliestEventId: 0,
      latestEventId: 1,
      messages: [message(1), message(0)],
      orphanedEvents: [],
    };
    const { respond } = world.backend;
    world.backend.respond = (request) => {
      if (!request.path.endsWith('/messages')) return respond(request);
      return { json: request.query['from'] === undefined ? newest : older };
    };
    const older$ = new Subject<void>();
    watch(world.client.conversation('garden').timeline({ older$ }));
    await world.time.advance(1_000);
    const before = marked(world);

    older$.next();
    await world.time.advance(1_000);

    expect([before, marked(world)]).toEqual([['m4 delivered'], ['m4 delivered', 'm0 delivered']]);
  });
});
