import { describe, expect, it } from '@jest/globals';
import { BehaviorSubject, Subject } from 'rxjs';
import { myConversations } from '../../lib/worker/myConversations.js';
import { clientWorld, type ClientWorld } from '../support/clientWorld.js';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import { type FakeAnswer, never } from '../support/fakeBackend.js';
import { added, deleted, removed } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch, type Watched } from '../support/watch.js';
import { logOf, workerWorld } from './workerWorld.js';

const listOf = (...ids: readonly string[]): FakeAnswer => ({ json: ids.map((id) => ({ id })) });

const undeleted = (conversationId: string): object => ({ name: 'conversation.undelete', conversationId });

interface World extends ClientWorld {
  readonly lists: Watched<readonly string[]>;
  /** What the next lists are. */
  answer: () => FakeAnswer | Promise<FakeAnswer>;
  readonly asked: () => number;
}

const begin = async (answer: World['answer'], clientOptions: Partial<ClientOptions> = {}): Promise<World> => {
  const world = clientWorld(clientOptions);
  const answers = { answer };
  world.backend.respond = ({ method, path }) =>
    method === 'GET' && path === '/conversations' ? answers.answer() : undefined;
  const lists = watch(myConversations(world.client, { scheduler: world.time.scheduler, random: () => 1 }));
  await settled();
  if (world.liveSockets > 0) world.open();
  await settled();
  const asked = (): number => world.backend.calls.filter((call) => call === 'GET /conversations').length;
  return Object.assign(answers, world, { lists, asked });
};

describe('myConversations', () => {
  it('are those that the server lists', async () => {
    const { lists, backend } = await begin(() => listOf('garden', 'pond'));

    expect(lists.values).toEqual([['garden', 'pond']]);
    expect(backend.requests.find(({ path }) => path === '/conversations')?.query).toEqual({
      scope: 'participant',
    });
  });

  it('become more and less as I am added and removed, and nobody else', async () => {
    const world = await begin(() => listOf('garden'));

    world.receive(added('me', 'pond'));
    world.receive(added('bob', 'hill'));
    world.receive(removed('bob', 'garden'));
    world.receive(removed('me', 'garden'));
    world.receive(deleted('pond'));
    await settled();

    expect(world.lists.values).toEqual([['garden'], ['garden', 'pond'], ['pond'], []]);
  });

  it('are without those whose ids no URL can hold', async () => {
    const world = await begin(() => listOf('..', 'garden'));

    world.receive(added('me', '.'));
    await settled();

    expect(world.lists.values).toEqual([['garden']]);
    expect(world.lists.end).toBeUndefined();
  });

  it('are not asked for while the client is not enabled', async () => {
    const enabled = new BehaviorSubject(false);
    const world = await begin(() => listOf('garden'), { enabled });
    await world.time.advance(200_000);
    expect(world.asked()).toBe(0);

    enabled.next(true);
    await settled();
    expect(world.lists.values).toEqual([['garden']]);
    world.open();
    await world.time.advance(100);
    enabled.next(false);
    world.line.last().close();
    const asked = world.asked();
    await world.time.advance(200_000);
    expect(world.asked()).toBe(asked);

    enabled.next(true);
    await settled();
    expect(world.asked()).toBe(asked + 1);
    expect(world.lists.end).toBeUndefined();
  });

  it('are listed anew when the line is back', async () => {
    const world = await begin(() => listOf('garden'));
    world.answer = () => listOf('garden', 'pond');
    world.line.last().close(1006);
    await world.time.advance(30_000);
    world.open();
    await world.time.advance(0);

    expect(world.lists.values).toEqual([['garden'], ['garden', 'pond']]);
  });

  it('are listed anew when one is undeleted, and once a minute', async () => {
    const world = await begin(() => listOf());
    world.answer = () => listOf('garden');
    world.receive(undeleted('garden'));
    await settled();
    expect([world.lists.values.at(-1), world.asked()]).toEqual([['garden'], 2]);

    world.answer = () => listOf('garden', 'pond');
    await world.time.advance(59_999);
    expect(world.asked()).toBe(2);
    await world.time.advance(1);

    expect([world.lists.values.at(-1), world.asked()]).toEqual([['garden', 'pond'], 3]);
  });

  it('know what was said while the list was under way', async () => {
    const answer$ = new Subject<FakeAnswer>();
    const world = await begin(() => new Promise((resolve) => answer$.subscribe(resolve)));

    world.receive(added('me', 'pond'));
    world.receive(removed('me', 'garden'));
    answer$.next(listOf('garden', 'hill'));
    await settled();

    expect(world.lists.values.at(-1)).toEqual(['hill', 'pond']);
  });

  it('are asked for again when that fails', async () => {
    const world = await begin(() => ({ status: 503 }));
    world.answer = () => listOf('garden');

    await world.time.advance(499);
    expect(world.lists.values).toEqual([]);
    await world.time.advance(1);

    expect(world.lists.values).toEqual([['garden']]);
  });

  it('fail when they are refused for good', async () => {
    const { lists } = await begin(() => ({ status: 403 }));

    expect(lists.end).toBe('forbidden');
  });

  it('fail where there is no telling who I am', async () => {
    const { lists } = await begin(() => listOf('garden'), { getToken: () => 'opaque' });

    expect(lists.error).toBeInstanceOf(TypeError);
    expect(lists.values).toEqual([]);
  });

  it('fail with the verdict that ends the line', async () => {
    const world = await begin(() => listOf('garden'), { reconnect: false });

    world.line.last().close(1006);
    await settled();

    expect(world.lists.end).toBe('retries-exhausted');
  });

  it.each<[string, World['answer']]>([
    ['has come', () => listOf('garden')],
    ['is under way', never],
    ['is to be asked for again', () => ({ status: 503 })],
  ])('complete with close() when the list %s, and leave nothing behind', async (_when, answer) => {
    const world = await begin(answer);

    await world.client.close();
    await settled();

    expect(world.lists.end).toBe('completed');
    expect(world.time.pending).toBe(0);
  });

  it('leave nothing behind when nobody listens any more', async () => {
    const world = await begin(() => listOf('garden'), { lingerMs: 0 });

    world.lists.unsubscribe();
    await world.time.advance(0);

    expect(world.client.status.state).toBe('idle');
    expect(world.time.pending).toBe(0);
  });
});

describe("runWorker with 'mine'", () => {
  it('joins what I am added to, from its first message, and leaves what I am removed from', async () => {
    const world = await workerWorld({
      conversations: 'mine',
      respond: ({ path }) => (path === '/conversations' ? listOf('garden') : undefined),
    });
    world.backend.logs.set('garden', logOf(2, 'garden'));
    await world.time.advance(1_000);
    expect(world.handled).toEqual(['garden/0', 'garden/1']);

    world.backend.logs.set('pond', logOf(1, 'pond'));
    world.receive(added('me', 'pond'));
    world.receive(removed('me', 'garden'));
    await world.time.advance(5_000);

    expect(world.handled).toEqual(['garden/0', 'garden/1', 'pond/0']);
    expect(world.stats?.conversations).toBe(1);
  });
});
