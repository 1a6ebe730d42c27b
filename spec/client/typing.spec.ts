import { describe, expect, it } from '@jest/globals';
import { clientWorld, type ClientWorld, openWorld } from '../support/clientWorld.js';
import { never } from '../support/fakeBackend.js';
import { deleted, removed, sentBy, typing, typingOff } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

describe('typing$', () => {
  it('begins with nobody, and wants the line', async () => {
    const world = clientWorld();

    const people = watch(world.client.conversation('garden').typing$);
    const atOnce = people.values.slice();
    await settled();

    expect(atOnce).toEqual([[]]);
    expect(world.client.status.state).toBe('connecting');
  });

  it('shows the others of this conversation, never me', async () => {
    const world = await openWorld();
    const people = watch(world.client.conversation('garden').typing$);

    world.receive(typing('bob'));
    world.receive(typing('me'));
    world.receive(typing('cat', 'pond'));
    world.receive(typing('ann'));
    world.receive(typing('bob'));
    world.receive(sentBy('bob', 0));
    world.receive(typingOff('ann'));

    expect(people.values).toEqual([[], ['bob'], ['bob', 'ann'], ['ann'], []]);
  });

  it('forgets each after twelve seconds of silence', async () => {
    const world = await openWorld();
    const people = watch(world.client.conversation('garden').typing$);

    world.receive(typing('bob'));
    await world.time.advance(5_000);
    world.receive(typing('ann'));
    await world.time.advance(6_999);
    const justBefore = people.values.at(-1);
    await world.time.advance(1);
    const justAfter = people.values.at(-1);
    await world.time.advance(5_000);

    expect([justBefore, justAfter, people.values.at(-1)]).toEqual([['bob', 'ann'], ['ann'], []]);
  });

  it('shows nobody while the line is down', async () => {
    const world = await openWorld();
    const people = watch(world.client.conversation('garden').typing$);
    world.receive(typing('bob'));

    world.line.last().close();
    await world.time.advance(1_000);
    world.open();
    world.receive(typing('bob'));

    expect(people.values).toEqual([[], ['bob'], [], ['bob']]);
  });

  it.each([
    ['the conversation is deleted', deleted()],
    ['I am removed', removed('me')],
  ])('shows nobody and ends when %s', async (_, frame) => {
    const world = await openWorld();
    const people = watch(world.client.conversation('garden').typing$);
    world.receive(typing('bob'));

    world.receive(frame);

    expect(people.values.at(-1)).toEqual([]);
    expect(people.end).toBe('completed');
  });

  it('forgets whoever says nothing more, though a timer is up a little before the clock says so', async () => {
    const world = await openWorld();
    const { scheduler } = world.time;
    const schedule = scheduler.schedule.bind(scheduler);
    scheduler.schedule = (work, delayMs = 0, state) => schedule(work, Math.max(0, delayMs - 1), state);
    const people = watch(world.client.conversation('garden').typing$);
    world.receive(typing('bob'));

    await world.time.advance(15_000);

    expect(people.values).toEqual([[], ['bob'], []]);
  });

  it('ends with the client, and leaves no timer', async () => {
    const world = await openWorld();
    const people = watch(world.client.conversation('garden').typing$);
    world.receive(typing('bob'));

    await world.client.close();
    const later = watch(world.client.conversation('garden').typing$);

    expect([people.end, later.end]).toEqual(['completed', 'completed']);
    expect([people.values.at(-1), later.values]).toEqual([[], [[]]]);
    expect(world.time.pending).toBe(0);
  });

  it('leaves no timer behind when nobody looks any more', async () => {
    const world = await openWorld();
    const before = world.time.pending;
    const people = watch(world.client.conversation('garden').typing$);
    world.receive(typing('bob'));

    people.unsubscribe();

    expect(world.time.pending).toBe(before);
  });

  it('errors with the verdict that ends the line, at once where it has failed', async () => {
    const world = clientWorld({ reconnect: false });
    const people = watch(world.client.conversation('garden').typing$);
    await settled();
    world.open();
    world.line.last().close();
    await settled();

    const later = watch(world.client.conversation('garden').typing$);

    expect([people.end, later.end]).toEqual(['retries-exhausted', 'retries-exhausted']);
  });
});

const signalsOf = ({ backend }: ClientWorld): readonly string[] =>
  backend.calls.filter((call) => call.endsWith('/typing')).map((call) => call.split(' ')[0] ?? '');

/** A world whose backend takes signals. */
const chattyWorld = (): ClientWorld => {
  const world = clientWorld();
  world.backend.respond = ({ path }) => (path.endsWith('/typing') ? { status: 204 } : undefined);
  return world;
};

/** Says it, and tells what came of it. */
const say = async (world: ClientWorld, on: boolean, id = 'garden'): Promise<unknown> => {
  const result = watch(world.client.conversation(id).setTyping(on));
  await settled();
  return result.end === 'completed' ? result.values : result.end;
};

describe('setTyping', () => {
  it('says the same once in ten seconds, whoever says it', async () => {
    const world = chattyWorld();

    const said = [await say(world, true), await say(world, true)];
    await world.time.advance(9_999);
    said.push(await say(world, true));
    await world.time.advance(1);
    said.push(await say(world, true));

    expect(said).toEqual([[true], [false], [false], [true]]);
    expect(signalsOf(world)).toEqual(['POST', 'POST']);
  });

  it('says the opposite at once, and then the first again', async () => {
    const world = chattyWorld();

    const said = [await say(world, true), await say(world, false), await say(world, false)];
    said.push(await say(world, true));

    expect(said).toEqual([[true], [true], [false], [true]]);
    expect(signalsOf(world)).toEqual(['POST', 'DELETE', 'POST']);
  });

  it('counts for one conversation', async () => {
    const world = chattyWorld();

    expect([await say(world, true), await say(world, true, 'pond')]).toEqual([[true], [true]]);
  });

  it('tells of a failure, and does not count it', async () => {
    const world = chattyWorld();
    const { respond } = world.backend;
    world.backend.respond = () => ({ status: 500 });
    const failed = await say(world, true);
    world.backend.respond = respond;

    expect([failed, await say(world, true)]).toEqual(['http', [true]]);
  });

  it('still counts what was said before a failure', async () => {
    const world = chattyWorld();
    await say(world, true);
    const { respond } = world.backend;
    world.backend.respond = () => ({ status: 500 });
    const failed = await say(world, false);
    world.backend.respond = respond;

    expect([failed, await say(world, true)]).toEqual(['http', [false]]);
  });

  it('starts with a subscription, and runs once for a call', async () => {
    const world = chattyWorld();
    const command$ = world.client.conversation('garden').setTyping(true);
    await settled();
    const before = signalsOf(world).length;

    watch(command$).unsubscribe();
    await settled();
    const again = watch(command$);
    await settled();

    expect([before, signalsOf(world)]).toEqual([0, ['POST']]);
    expect(again.values).toEqual([true]);
  });

  it('counts what is on its way, and lets the opposite wait for it', async () => {
    const world = chattyWorld();
    let answer: ((reply: { status: number }) => void) | undefined;
    world.backend.respond = ({ method }) =>
      method === 'POST' ? new Promise((resolve) => (answer = resolve)) : { status: 204 };

    watch(world.client.conversation('garden').setTyping(true));
    await settled();
    const again = await say(world, true);
    const off = watch(world.client.conversation('garden').setTyping(false));
    await settled();
    const meanwhile = signalsOf(world);
    answer?.({ status: 204 });
    await settled();

    expect(again).toEqual([false]);
    expect(meanwhile).toEqual(['POST']);
    expect([off.values, signalsOf(world)]).toEqual([[true], ['POST', 'DELETE']]);
  });

  it('errors once the client is closed, also what is on its way or would not be needed', async () => {
    const world = chattyWorld();
    await say(world, true, 'pond');
    world.backend.respond = never;
    const onItsWay = watch(world.client.conversation('garden').setTyping(true));
    await settled();

    await world.client.close();

    expect([onItsWay.end, await say(world, true, 'pond')]).toEqual(['closed', 'closed']);
    expect([world.backend.inFlight, world.time.pending]).toEqual([0, 0]);
  });

  it('throws at what is neither on nor off', () => {
    const conversation = clientWorld().client.conversation('garden');

    // As a caller without types would.
    const call = (): unknown => conversation.setTyping('yes' as never);

    expect(call).toThrow(new TypeError('typing must be true or false.'));
  });
});
