import { describe, expect, it } from '@jest/globals';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import { clientWorld, type ClientWorld, openWorld } from '../support/clientWorld.js';
import { type FakeAnswer, never } from '../support/fakeBackend.js';
import { added, deleted, removed } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const ANN = { id: 'ann', role: 'owner' };
const ME = { id: 'me', role: 'participant' };
const BOB = { id: 'bob' };

/** How the backend answers to who takes part. */
interface People {
  answer: () => FakeAnswer | Promise<FakeAnswer>;
}

const gardenOf = async (
  people: readonly object[],
  options: Partial<ClientOptions> = {},
): Promise<{ readonly world: ClientWorld; readonly list: People }> => {
  const world = await openWorld(options);
  const list: People = { answer: () => ({ json: people }) };
  world.backend.respond = ({ path }) => (path.endsWith('/participants') ? list.answer() : undefined);
  return { world, list };
};

const readings = ({ backend }: ClientWorld): number =>
  backend.calls.filter((call) => call === 'GET /conversations/garden/participants').length;

describe('participants$', () => {
  it('is read once, and kept by events', async () => {
    const { world } = await gardenOf([ANN, ME]);
    const people = watch(world.client.conversation('garden').participants$);
    await settled();

    world.receive(added('bob'));
    world.receive(added('cat', 'pond'));
    world.receive({
      name: 'conversation.participantUpdated',
      conversationId: 'garden',
      payload: { profileId: 'bob', role: 'owner' },
    });
    world.receive(removed('ann'));
    world.receive(removed('ann'));

    expect(people.values).toEqual([
      [ANN, ME],
      [ANN, ME, BOB],
      [ANN, ME, { id: 'bob', role: 'owner' }],
      [ME, { id: 'bob', role: 'owner' }],
    ]);
    expect(readings(world)).toBe(1);
  });

  it('wants the line, and does not wait for it', async () => {
    const world = clientWorld();
    world.backend.respond = () => ({ json: [ANN] });

    const people = watch(world.client.conversation('garden').participants$);
    await settled();

    expect([world.client.status.state, people.values]).toEqual(['connecting', [[ANN]]]);
  });

  it('puts what comes while it is read on top of what was read', async () => {
    const { world, list } = await gardenOf([]);
    let answer: ((reply: FakeAnswer) => void) | undefined;
    list.answer = () => new Promise((resolve) => (answer = resolve));
    const people = watch(world.client.conversation('garden').participants$);
    await settled();

    world.receive(added('bob'));
    world.receive(removed('ann'));
    await settled();
    answer?.({ json: [ANN, ME] });
    await settled();

    expect(people.values).toEqual([[ME, BOB]]);
  });

  it('does not let an old reading undo what was just said', async () => {
    const { world } = await gardenOf([ANN, ME]);
    const people = watch(world.client.conversation('garden').participants$);
    await world.time.advance(1_000);
    world.receive(added('bob'));

    await world.time.advance(1_000);

    expect([readings(world), people.values.at(-1)]).toEqual([2, [ANN, ME, BOB]]);
  });

  it('is right again after a drop, whatever was missed', async () => {
    const { world, list } = await gardenOf([ANN, ME]);
    const people = watch(world.client.conversation('garden').participants$);
    await world.time.advance(5_000);

    world.line.last().close();
    list.answer = () => ({ json: [ME, BOB] });
    await world.time.advance(1_000);
    const whileDown = people.values.length;
    world.open();
    await settled();

    expect([whileDown, people.values]).toEqual([
      1,
      [
        [ANN, ME],
        [ME, BOB],
      ],
    ]);
  });

  it('is right again after a lost frame, when it is looked at the next time', async () => {
    const { world, list } = await gardenOf([ANN, ME]);
    const people = watch(world.client.conversation('garden').participants$);
    await world.time.advance(5_000);

    list.answer = () => ({ json: [ME] });
    await world.time.advance(55_000);

    expect(people.values.at(-1)).toEqual([ME]);
    expect(readings(world)).toBe(3);
  });

  it('says nothing when a reading brings nothing new', async () => {
    const { world } = await gardenOf([ANN, ME]);
    const people = watch(world.client.conversation('garden').participants$);

    await world.time.advance(200_000);

    expect(people.values).toHaveLength(1);
    expect(readings(world)).toBe(5);
  });

  it('never hears of a reading that failed, and reads again', async () => {
    const { world, list } = await gardenOf([]);
    const answers: FakeAnswer[] = [{ status: 500 }, { status: 429, headers: { 'Retry-After': '7' } }];
    list.answer = () => answers.shift() ?? { json: [ANN] };
    const people = watch(world.client.conversation('garden').participants$);

    await world.time.advance(1_000);
    const soon = people.values.length;
    await world.time.advance(8_000);

    expect([soon, people.values, people.end]).toEqual([0, [[ANN]], undefined]);
  });

  it('finds a conversation that is not known at once', async () => {
    const { world, list } = await gardenOf([]);
    list.answer = () => (world.time.scheduler.now() < 4_000 ? { status: 404 } : { json: [ANN] });
    const people = watch(world.client.conversation('garden').participants$);

    await world.time.advance(6_000);

    expect([people.values, people.end]).toEqual([[[ANN]], undefined]);
  });

  it.each([
    [404, 'not-found'],
    [403, 'forbidden'],
  ])('errors when a %i lasts', async (status, code) => {
    const { world, list } = await gardenOf([]);
    list.answer = () => ({ status });
    const people = watch(world.client.conversation('garden').participants$);

    await world.time.advance(4_000);
    const before = people.end;
    await world.time.advance(3_000);

    expect([before, people.end]).toEqual([undefined, code]);
  });

  it('completes when a conversation that was there is gone', async () => {
    const { world, list } = await gardenOf([ANN]);
    const people = watch(world.client.conversation('garden').participants$);
    await settled();
    list.answer = () => ({ status: 404 });

    await world.time.advance(10_000);

    expect(people.end).toBe('completed');
  });

  it.each([
    ['it is deleted', deleted()],
    ['I am removed', removed('me')],
  ])('completes when %s', async (_, frame) => {
    const { world } = await gardenOf([ANN, ME]);
    const people = watch(world.client.conversation('garden').participants$);
    await settled();

    world.receive(frame);

    expect([people.end, world.backend.inFlight]).toEqual(['completed', 0]);
  });

  it('completes with the client, and leaves neither a request nor a timer', async () => {
    const { world, list } = await gardenOf([]);
    list.answer = never;
    const people = watch(world.client.conversation('garden').participants$);
    await settled();
    const before = world.backend.inFlight;

    await world.client.close();
    const later = watch(world.client.conversation('garden').participants$);

    expect([before, people.end, later.end]).toEqual([1, 'completed', 'completed']);
    expect([world.backend.inFlight, world.time.pending]).toEqual([0, 0]);
  });

  it('errors with the verdict that ends the line', async () => {
    const { world } = await gardenOf([ANN], { reconnect: false });
    const people = watch(world.client.conversation('garden').participants$);
    await settled();

    world.line.last().close();

    expect(people.end).toBe('retries-exhausted');
  });

  it('is shared by all who look at the conversation, and left with the last', async () => {
    const { world } = await gardenOf([ANN]);
    const before = world.time.pending;
    const first = watch(world.client.conversation('garden').participants$);
    await settled();

    const second = watch(world.client.conversation('garden').participants$);
    const atOnce = second.values.slice();
    first.unsubscribe();
    second.unsubscribe();

    expect([atOnce, readings(world)]).toEqual([[[ANN]], 1]);
    expect(world.time.pending).toBe(before);
  });

  it('takes its turn among the requests of the client', async () => {
    const { world, list } = await gardenOf([], { history: { maxConcurrent: 2 } });
    list.answer = never;

    for (const id of ['a', 'b', 'c', 'd']) watch(world.client.conversation(id).participants$);
    await settled();

    expect(world.backend.inFlight).toBe(2);
  });
});
