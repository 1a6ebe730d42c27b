import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Subject } from 'rxjs';
import type { TimelineOptions } from '../../lib/conversation/Conversation.js';
import type { Message } from '../../lib/projection/Message.js';
import { openWorld } from '../support/clientWorld.js';
import { deleted, deletedAt, removed, sent, sentFrom, status } from '../support/frames.js';
import { fromTo, gardenWith, happens, ids, last, pagesAsked, watchGarden } from '../support/gardenWorld.js';
import { stillAlive } from '../support/stillAlive.js';
import { settled } from '../support/virtualTime.js';

describe('a timeline', () => {
  it('is there at once, then shows the newest page, then what happens', async () => {
    const world = await gardenWith(sentFrom(0, 119));
    const timeline = watchGarden(world);

    expect(timeline.values).toEqual([
      {
        messages: [],
        hasOlder: true,
        loadingOlder: false,
        sync: { state: 'catching-up', cursor: -1, highestKnown: -1 },
      },
    ]);

    await settled();
    expect(ids(timeline)).toEqual(fromTo(70, 119));
    expect(last(timeline)).toMatchObject({ hasOlder: true, sync: { state: 'live', cursor: 119 } });

    happens(world, sent(120));
    expect(ids(timeline).at(-1)).toBe(120);
    expect(pagesAsked(world)).toStrictEqual([undefined]);
  });

  it('asks once for the newest page that several want at the same time, and each then pages by itself', async () => {
    const older$ = new Subject<void>();
    const world = await gardenWith(sentFrom(0, 19));

    const all = [watchGarden(world, { older$, pageSize: 5 }), watchGarden(world, { pageSize: 5 })];
    await settled();

    expect(all.map(ids)).toEqual([fromTo(15, 19), fromTo(15, 19)]);
    expect(pagesAsked(world)).toStrictEqual([undefined]);
    older$.next();
    await settled();
    expect(all.map(ids)).toEqual([fromTo(10, 19), fromTo(15, 19)]);
    happens(world, sent(20));
    expect(all.map((timeline) => ids(timeline).at(-1))).toEqual([20, 20]);
  });

  it('of an empty conversation has nothing older', async () => {
    const world = await gardenWith([]);
    const timeline = watchGarden(world);
    await settled();

    expect(last(timeline)).toMatchObject({ messages: [], hasOlder: false });
    happens(world, sent(0));
    expect(ids(timeline)).toEqual([0]);
  });

  it('says once what a page brings', async () => {
    const world = await gardenWith(sentFrom(0, 9));
    const timeline = watchGarden(world);
    await settled();
    world.line.last().close();
    world.backend.logs.set('garden', sentFrom(0, 59));
    const before = new Set(timeline.values.map(({ messages }) => messages)).size;

    await world.time.advance(2_000);
    world.open();
    await world.time.advance(2_000);

    expect(ids(timeline)).toHaveLength(60);
    expect(new Set(timeline.values.map(({ messages }) => messages)).size).toBe(before + 1);
  });

  it('keeps the messages that did not change', async () => {
    const world = await gardenWith(sentFrom(0, 9));
    const timeline = watchGarden(world);
    await settled();
    const before = last(timeline).messages;

    happens(world, status(10, 'm4'));

    const after = last(timeline).messages;
    expect(after[4]?.statusUpdates).toEqual({ ann: { status: 'read', on: 'at 10' } });
    expect(after.filter((message, index) => message !== before[index])).toEqual([after[4]]);
  });

  it('tells what was there when it was emitted, however late that is read', async () => {
    const world = await gardenWith(sentFrom(0, 2));
    const timeline = watchGarden(world);
    await settled();
    const before = timeline.values.length;

    happens(world, sent(3));
    happens(world, status(4, 'm1'));
    happens(world, deletedAt(5, 'm1'));
    happens(world, sent(6));

    const [first, second, third, fourth] = timeline.values
      .slice(before)
      .map(({ messages }) =>
        messages.map(({ state, statusUpdates }) => [state, statusUpdates['ann']?.status]),
      );
    expect(first).toEqual([['sent'], ['sent'], ['sent'], ['sent']].map(([state]) => [state, undefined]));
    expect(second?.[1]).toEqual(['sent', 'read']);
    expect(third?.[1]).toEqual(['deleted', 'read']);
    expect([third?.length, fourth?.length]).toEqual([4, 5]);
  });

  it('is a plain object for whoever copies it, with one list however often that is read', async () => {
    const older$ = new Subject<void>();
    const world = await gardenWith(sentFrom(0, 9));
    const timeline = watchGarden(world, { older$, pageSize: 4 });
    await settled();
    const shown = last(timeline);
    const messages = fromTo(6, 9).map(
      (position) => expect.objectContaining({ sentEventId: position }) as unknown,
    );

    expect(Object.keys(shown)).toContain('messages');
    expect(shown.messages).toBe(shown.messages);
    expect(shown).toMatchObject({ messages, hasOlder: true });
    expect({ ...shown }.messages).toBe(shown.messages);
    expect(structuredClone(shown)).toEqual(shown);
    expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
    expect(inspect(shown)).toBe(inspect({ ...shown }));

    older$.next();

    // Something else has changed, and the messages have not.
    expect(last(timeline)).not.toBe(shown);
    expect(last(timeline).loadingOlder).toBe(true);
    expect(last(timeline).messages).toBe(shown.messages);
  });

  it('shows a list that nobody can change: it may be shown again', async () => {
    const world = await gardenWith(sentFrom(0, 2));
    const timeline = watchGarden(world);
    await settled();
    // As JavaScript has it.
    const messages = last(timeline).messages as Message[];

    expect(() => messages.splice(0)).toThrow(TypeError);
    expect(() => messages.reverse()).toThrow(TypeError);

    timeline.unsubscribe();
    expect(watchGarden(world).values[0]?.messages).toHaveLength(3);
  });

  it('keeps nothing of what it has shown before', async () => {
    const world = await gardenWith(sentFrom(0, 9));
    let shown: WeakRef<object>[] = [];
    const subscription = world.client
      .conversation('garden')
      .timeline()
      .subscribe((timeline) => {
        shown.push(new WeakRef(timeline), new WeakRef(timeline.messages));
      });
    await settled();
    shown = [];

    for (let position = 10; position < 60; position += 1) {
      world.receive(position % 2 === 0 ? sent(position) : status(position, 'm3'));
    }

    expect(shown).toHaveLength(100);
    // The last one with its list, and what an engine still has at hand of the one before.
    expect(await stillAlive(shown, 4)).toBeLessThanOrEqual(4);
    subscription.unsubscribe();
  });

  it('shows what was deleted as deleted, later loaded or not', async () => {
    const older$ = new Subject<void>();
    const world = await gardenWith([...sentFrom(0, 9), deletedAt(10, 'm2'), deletedAt(11, 'm8')]);
    const timeline = watchGarden(world, { older$, pageSize: 4 });
    await settled();
    older$.next();
    await settled();
    happens(world, deletedAt(12, 'm7'));

    expect(
      last(timeline)
        .messages.filter(({ state }) => state === 'deleted')
        .map(({ id }) => id),
    ).toEqual(['m7', 'm8']);
    older$.next();
    await settled();
    expect(last(timeline).messages[2]).toMatchObject({ id: 'm2', state: 'deleted' });
  });

  it('shows a delete at once whose frame does not say in which conversation', async () => {
    const world = await gardenWith(sentFrom(0, 3));
    const timeline = watchGarden(world);
    await settled();
    const { conversationId: _unsaid, ...frame } = deletedAt(4, 'm2');

    world.receive(frame);

    expect(last(timeline).messages.map(({ state }) => state)).toEqual(['sent', 'sent', 'deleted', 'sent']);
  });

  it('shows what the page did not have yet, though it had what is above', async () => {
    const world = await gardenWith([...sentFrom(0, 7), sent(9)]);
    world.backend.respond = ({ path }) => {
      if (path.endsWith('/events')) world.backend.logs.set('garden', sentFrom(0, 9));
      return undefined;
    };
    const timeline = watchGarden(world);
    await settled();

    expect(ids(timeline)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([
    ['it is deleted', deleted()],
    ['I am removed', removed('me')],
  ])('completes when %s', async (_why, frame) => {
    const world = await gardenWith(sentFrom(0, 2));
    const timeline = watchGarden(world);
    await settled();

    world.receive(frame);
    await world.time.advance(1_000);

    expect(timeline.end).toBe('completed');
    expect(last(timeline).sync.state).toBe('closed');
  });

  it('errors for a conversation that never was', async () => {
    const world = await openWorld();
    const timeline = watchGarden(world);

    await world.time.advance(10_000);

    expect(timeline.end).toBe('not-found');
  });

  it('is patient with a newest page that does not come', async () => {
    const world = await gardenWith(sentFrom(0, 2));
    world.backend.respond = ({ path }) => (path.endsWith('/messages') ? { status: 500 } : undefined);
    const timeline = watchGarden(world);
    await world.time.advance(10_000);
    expect(last(timeline)).toMatchObject({
      messages: [],
      sync: { state: 'degraded' },
      problem: { status: 500 },
    });

    world.backend.respond = () => undefined;
    await world.time.advance(60_000);

    expect(ids(timeline)).toEqual([0, 1, 2]);
    expect(last(timeline).problem).toBeUndefined();
  });

  it('completes with the client, after which nothing is left', async () => {
    const world = await gardenWith(sentFrom(0, 2));
    const timeline = watchGarden(world);
    const left = watchGarden(world);
    await settled();
    left.unsubscribe();
    expect(world.time.pending).toBeGreaterThan(0);

    await world.client.close();
    await settled();

    expect(timeline.end).toBe('completed');
    expect(world.time.pending).toBe(0);
    expect(watchGarden(world)).toMatchObject({ values: [{ messages: [] }], end: 'completed' });
  });

  it.each<[TimelineOptions, typeof TypeError]>([
    [{ pageSize: 0 }, RangeError],
    [{ windowLimit: 1.5 }, RangeError],
    [JSON.parse('{"older$":1}'), TypeError],
  ])('is refused with %j', async (options, Refusal) => {
    const world = await openWorld();

    expect(() => world.client.conversation('garden').timeline(options)).toThrow(Refusal);
  });
});
