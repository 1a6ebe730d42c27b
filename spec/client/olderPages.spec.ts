import { describe, expect, it } from '@jest/globals';
import { of, Subject } from 'rxjs';
import type { TimelineOptions } from '../../lib/conversation/Conversation.js';
import type { Timeline } from '../../lib/projection/Timeline.js';
import type { ClientWorld } from '../support/clientWorld.js';
import { type FakeAnswer, never } from '../support/fakeBackend.js';
import { deletedMessage, sent, type SentEntry, sentFrom, status } from '../support/frames.js';
import { fromTo, gardenWith, happens, ids, last, pagesAsked, watchGarden } from '../support/gardenWorld.js';
import { messagesPage } from '../support/messagesPage.js';
import { settled } from '../support/virtualTime.js';
import type { Watched } from '../support/watch.js';

interface Pager extends ClientWorld {
  readonly timeline: Watched<Timeline>;
  older(): Promise<void>;
  newest(): Promise<void>;
}

const pagerOf = async (log: readonly SentEntry[], options: TimelineOptions = {}): Promise<Pager> => {
  const world = await gardenWith(log);
  const older$ = new Subject<void>();
  const newest$ = new Subject<void>();
  const timeline = watchGarden(world, { older$, newest$, ...options });
  await settled();
  const say = async (wish: Subject<void>): Promise<void> => {
    wish.next();
    await settled();
  };
  return { ...world, timeline, older: () => say(older$), newest: () => say(newest$) };
};

describe('older pages', () => {
  it('come one for each wish, down to the first event', async () => {
    const pager = await pagerOf(sentFrom(0, 10), { pageSize: 5 });
    expect(ids(pager.timeline)).toEqual(fromTo(6, 10));

    await pager.older();
    expect(ids(pager.timeline)).toEqual(fromTo(1, 10));
    expect(last(pager.timeline)).toMatchObject({ hasOlder: true, loadingOlder: false });
    await pager.older();
    expect(ids(pager.timeline)).toEqual(fromTo(0, 10));
    expect(last(pager.timeline)).toMatchObject({ hasOlder: false, loadingOlder: false });
    await pager.older();

    expect(pagesAsked(pager)).toEqual([undefined, '5', '0']);
  });

  it('are shown to be loading, and one is loaded at a time', async () => {
    const pager = await pagerOf(sentFrom(0, 99), { pageSize: 10 });
    const before = pager.timeline.values.length;

    await Promise.all([pager.older(), pager.older(), pager.older()]);

    expect(pager.timeline.values.slice(before).map(({ loadingOlder }) => loadingOlder)).toEqual([
      true,
      false,
    ]);
    expect(pagesAsked(pager)).toEqual([undefined, '89']);
  });

  it('wished for before there is a newest one come after it', async () => {
    const { timeline } = await pagerOf(sentFrom(0, 99), { pageSize: 10, older$: of('please', 'please') });

    expect(ids(timeline)).toEqual(fromTo(80, 99));
  });

  it('without a message are walked through', async () => {
    const statuses = fromTo(1, 40).map((position) => status(position, 'm0'));
    const pager = await pagerOf([sent(0), ...statuses, ...sentFrom(41, 50)], { pageSize: 10 });

    await pager.older();

    expect(ids(pager.timeline)).toEqual([0, ...fromTo(41, 50)]);
    expect(last(pager.timeline).messages[0]?.statusUpdates).toEqual({ ann: { status: 'read', on: 'at 1' } });
    expect(pagesAsked(pager)).toEqual([undefined, '40', '30', '20', '10', '0']);
  });

  it('without a message are walked through ten at a time', async () => {
    const statuses = fromTo(1, 120).map((position) => status(position, 'm0'));
    const pager = await pagerOf([sent(0), ...statuses, sent(121)], { pageSize: 10 });

    await pager.older();
    expect(pagesAsked(pager)).toHaveLength(11);
    expect(last(pager.timeline)).toMatchObject({ hasOlder: true, loadingOlder: false });
    await pager.older();

    expect(ids(pager.timeline)).toEqual([0, 121]);
    expect(last(pager.timeline)).toMatchObject({ hasOlder: false });
  });

  it('are gone back to by itself where the newest has nothing to see', async () => {
    const statuses = fromTo(21, 50).map((position) => status(position, 'm3'));
    const pager = await pagerOf([...sentFrom(0, 20), ...statuses], { pageSize: 10 });

    expect(ids(pager.timeline)).toEqual(fromTo(11, 20));
    expect(last(pager.timeline)).toMatchObject({ hasOlder: true, loadingOlder: false });
    expect(pagesAsked(pager)).toEqual([undefined, '40', '30', '20']);
    await pager.older();
    await pager.older();
    expect(last(pager.timeline).messages[3]?.statusUpdates).toEqual({ ann: { status: 'read', on: 'at 21' } });
  });

  it('are gone back to again and again while there is nothing to see, though they fail', async () => {
    const statuses = fromTo(11, 20).map((position) => status(position, 'm3'));
    const world = await gardenWith([...sentFrom(0, 10), ...statuses]);
    world.backend.respond = ({ query }) => (query['from'] === '10' ? { status: 500 } : undefined);
    const timeline = watchGarden(world, { pageSize: 10 });
    await world.time.advance(10_000);
    expect(last(timeline)).toMatchObject({ messages: [], loadingOlder: true, problem: { status: 500 } });
    const asked = pagesAsked(world).length;

    world.backend.respond = () => undefined;
    await world.time.advance(30_000);

    expect(ids(timeline)).toEqual(fromTo(1, 10));
    expect(last(timeline)).toMatchObject({ loadingOlder: false, hasOlder: true });
    expect(last(timeline).problem).toBeUndefined();
    expect([asked, pagesAsked(world).length]).toEqual([7, 8]);
  });

  it('read soon after the newest one are read once more: what they hold may not have been visible yet', async () => {
    const world = await gardenWith(sentFrom(0, 9), { pageSize: 5 });
    const older$ = new Subject<void>();
    const unseen = { json: { earliestEventId: 0, latestEventId: 4, messages: [], orphanedEvents: [] } };
    world.backend.respond = ({ query }) => (query['from'] === '4' ? unseen : undefined);
    const timeline = watchGarden(world, { older$, pageSize: 5 });
    await settled();
    older$.next();
    await settled();
    expect(ids(timeline)).toEqual(fromTo(5, 9));

    world.backend.respond = () => undefined;
    await world.time.advance(2_000);

    expect(ids(timeline)).toEqual(fromTo(0, 9));
    expect(pagesAsked(world)).toEqual([undefined, '4', '4']);
  });

  it('are read once more in smaller pieces where the server gives no more at once', async () => {
    const world = await gardenWith(sentFrom(0, 9), { pageSize: 2 });
    const unseen = { json: { earliestEventId: 0, latestEventId: 9, messages: [], orphanedEvents: [] } };
    const piece = (from: number): FakeAnswer => ({ json: messagesPage(sentFrom(0, 9), 4, from) });
    world.backend.respond = ({ path }) => (path.endsWith('/messages') ? unseen : undefined);
    const timeline = watchGarden(world, { pageSize: 50 });
    await settled();
    expect(ids(timeline)).toEqual([8, 9]);

    world.backend.respond = ({ path, query }) =>
      path.endsWith('/messages') ? piece(Number(query['from'])) : undefined;
    await world.time.advance(2_000);

    expect(ids(timeline)).toEqual(fromTo(0, 9));
    expect(pagesAsked(world)).toEqual([undefined, '9', '5', '1']);
  });

  it('that tell nothing at all are no beginning before the server has had time to show it', async () => {
    const world = await gardenWith(sentFrom(0, 9));
    const older$ = new Subject<void>();
    const nothing = { json: { messages: [], orphanedEvents: [] } };
    world.backend.respond = ({ query }) => (query['from'] === '4' ? nothing : undefined);
    const timeline = watchGarden(world, { older$, pageSize: 5 });
    await settled();
    older$.next();
    await settled();
    expect(last(timeline)).toMatchObject({ hasOlder: true, loadingOlder: true });

    world.backend.respond = () => undefined;
    await world.time.advance(2_000);

    expect(ids(timeline)).toEqual(fromTo(0, 9));
    expect(last(timeline)).toMatchObject({ hasOlder: false, loadingOlder: false });
  });

  it('that fail are a problem, not an end, and may be asked for again', async () => {
    const pager = await pagerOf(sentFrom(0, 99), { pageSize: 10 });
    pager.backend.respond = ({ query }) => (query['from'] === '89' ? { status: 500 } : undefined);

    await pager.older();
    expect(last(pager.timeline)).toMatchObject({
      loadingOlder: false,
      hasOlder: true,
      problem: { status: 500 },
    });
    happens(pager, sent(100));
    expect(ids(pager.timeline).at(-1)).toBe(100);

    pager.backend.respond = () => undefined;
    await pager.older();
    expect(ids(pager.timeline)).toEqual(fromTo(80, 100));
    expect(last(pager.timeline).problem).toBeUndefined();
  });

  it('that are not what was asked for are a problem after the second', async () => {
    const pager = await pagerOf(sentFrom(0, 99), { pageSize: 10 });
    const newest = { earliestEventId: 90, latestEventId: 99, messages: [], orphanedEvents: [] };
    pager.backend.respond = ({ query }) => (query['from'] === '89' ? { json: newest } : undefined);

    await pager.older();

    expect(pagesAsked(pager)).toEqual([undefined, '89', '89']);
    expect(last(pager.timeline)).toMatchObject({ hasOlder: true, problem: { kind: 'invalid-response' } });
    expect(pager.timeline.end).toBeUndefined();
  });

  it('end where the server has nothing more', async () => {
    const pager = await pagerOf(sentFrom(50, 99), { pageSize: 50 });
    pager.backend.respond = ({ query }) =>
      query['from'] === '49' ? { json: { messages: [], orphanedEvents: [] } } : undefined;

    await pager.older();
    await pager.time.advance(2_000);

    expect(ids(pager.timeline)).toEqual(fromTo(50, 99));
    expect(last(pager.timeline).hasOlder).toBe(false);
  });

  it('are given up with their timeline', async () => {
    const pager = await pagerOf(sentFrom(0, 99), { pageSize: 10 });
    pager.backend.respond = ({ query }) => (query['from'] === '89' ? never() : undefined);
    await pager.older();
    expect(pager.backend.inFlight).toBe(1);

    pager.timeline.unsubscribe();

    expect(pager.backend.inFlight).toBe(0);
  });

  it('of a server that says no statuses are read from the log', async () => {
    const log = [...sentFrom(0, 4), status(5, 'm1'), ...sentFrom(6, 29)];
    const world = await gardenWith(log, { pageSize: 5 });
    world.backend.respond = ({ path, query }) =>
      path.endsWith('/messages') ? { json: bare(log, Number(query['limit']), query['from']) } : undefined;
    const timeline = watchGarden(world, { pageSize: 10, older$: of(1, 2, 3) });
    await settled();
    expect(ids(timeline)).toEqual(fromTo(10, 29));

    const older$ = new Subject<void>();
    const again = watchGarden(world, { pageSize: 100, older$ });
    await settled();

    expect(ids(again)).toEqual([...fromTo(0, 4), ...fromTo(6, 29)]);
    expect(last(again).messages[1]?.statusUpdates).toEqual({ ann: { status: 'read', on: 'at 5' } });
  });

  it('bring the error of whoever asks for them', async () => {
    const { timeline } = await pagerOf(sentFrom(0, 9), {
      older$: new Subject<void>().pipe((source$) => source$),
    });
    expect(timeline.end).toBeUndefined();
    const broken$ = new Subject<void>();
    const pager = await pagerOf(sentFrom(0, 9), { older$: broken$ });

    broken$.error(new Error('scrolling failed'));

    expect(pager.timeline.end).toBe('scrolling failed');
  });
});

/** A page that leaves out positions and statuses. */
const bare = (log: readonly SentEntry[], limit: number, from?: string): object => {
  const top = from === undefined ? 29 : Number(from);
  const earliestEventId = Math.max(0, top + 1 - limit);
  return {
    earliestEventId,
    latestEventId: top,
    messages: log
      .filter(
        ({ conversationEventId: id, name }) => id >= earliestEventId && id <= top && name.endsWith('.sent'),
      )
      .map(({ conversationEventId: id }) => ({
        id: `m${id}`,
        context: { sentOn: new Date(id * 1_000).toISOString() },
        parts: [],
      })),
    orphanedEvents: [],
  };
};

describe('the window of a timeline', () => {
  it('lets go of the oldest while it follows', async () => {
    const pager = await pagerOf(sentFrom(0, 9), { windowLimit: 10 });
    expect(last(pager.timeline).hasOlder).toBe(false);

    for (const position of fromTo(10, 14)) happens(pager, sent(position));

    expect(ids(pager.timeline)).toEqual(fromTo(5, 14));
    expect(last(pager.timeline).hasOlder).toBe(true);
  });

  it('lets go of the newest while it goes back, until somebody returns', async () => {
    const pager = await pagerOf(sentFrom(0, 39), { pageSize: 10, windowLimit: 20 });
    await pager.older();
    expect(last(pager.timeline)).not.toHaveProperty('hasNewer');

    await pager.older();
    expect(ids(pager.timeline)).toEqual(fromTo(10, 29));
    expect(last(pager.timeline)).toMatchObject({ hasOlder: true, hasNewer: true });
    happens(pager, sent(40));
    expect(ids(pager.timeline)).toEqual(fromTo(10, 29));

    await pager.newest();
    expect(ids(pager.timeline)).toEqual(fromTo(31, 40));
    expect(last(pager.timeline)).not.toHaveProperty('hasNewer');
    happens(pager, sent(41));
    expect(ids(pager.timeline)).toEqual(fromTo(31, 41));
  });

  it('joins what it holds as soon as the two touch', async () => {
    const pager = await pagerOf(sentFrom(0, 39), { pageSize: 10, windowLimit: 20 });
    await pager.older();
    await pager.older();
    const [held] = last(pager.timeline).messages.slice(-1);

    await pager.newest();

    expect(pagesAsked(pager).at(-1)).toBeUndefined();
    expect(ids(pager.timeline)).toEqual(fromTo(20, 39));
    expect(last(pager.timeline).messages[9]).toBe(held);
  });

  it('shows no gap where an older page is wished for on the way back to the newest', async () => {
    const pager = await pagerOf(sentFrom(0, 39), { pageSize: 10, windowLimit: 20 });
    await pager.older();
    await pager.older();
    expect(ids(pager.timeline)).toEqual(fromTo(10, 29));
    const held: (() => void)[] = [];
    pager.backend.respond = async () => {
      await new Promise<void>((resolve) => held.push(resolve));
      return undefined;
    };

    await pager.newest();
    await pager.older();
    for (let next = held.shift(); next !== undefined; next = held.shift()) {
      next();
      await settled();
    }

    for (const { messages } of pager.timeline.values) {
      const [first = 0, ...rest] = messages.map(({ sentEventId = -1 }) => sentEventId);
      expect([first, ...rest]).toEqual(fromTo(first, first + rest.length));
    }
    expect(pagesAsked(pager).slice(-2)).toEqual([undefined, '19']);
  });

  it('returns to the newest with an own send', async () => {
    const pager = await pagerOf(sentFrom(0, 39), { pageSize: 10, windowLimit: 10 });
    await pager.older();
    expect(last(pager.timeline).hasNewer).toBe(true);
    pager.backend.respond = ({ method }) => (method === 'POST' ? never() : undefined);

    pager.client.conversation('garden').send('here').subscribe();
    await settled();

    expect(ids(pager.timeline)).toEqual([...fromTo(30, 39), undefined]);
  });

  it('holds no more than its limit while the answer to a send is ahead of the log', async () => {
    const pager = await pagerOf(sentFrom(0, 10), { pageSize: 5, windowLimit: 5 });
    pager.backend.respond = ({ method }) =>
      method === 'POST' ? { json: { id: 'm11', eventId: 11 } } : undefined;
    const before = pager.timeline.values.length;

    pager.client.conversation('garden').send('hello').subscribe();
    await settled();

    const sizes = pager.timeline.values
      .slice(before)
      .map(({ messages }) => messages.filter(({ state }) => state === 'sent').length);
    expect(Math.max(...sizes)).toBe(5);
    expect(ids(pager.timeline)).toEqual(fromTo(7, 11));
  });

  it('shows nothing beyond a gap that the answer to a send has left', async () => {
    const pager = await pagerOf([sent(0), status(1, 'm0'), status(2, 'm0'), ...sentFrom(3, 5)], {
      pageSize: 3,
      windowLimit: 4,
    });
    // The answer is far ahead of what the log shows yet.
    pager.backend.respond = ({ method }) =>
      method === 'POST' ? { json: { id: 'm50', eventId: 50 } } : undefined;
    pager.client.conversation('garden').send('hello').subscribe();
    await settled();
    expect(ids(pager.timeline)).toEqual([3, 4, 5, 50]);

    await pager.older();
    expect(ids(pager.timeline)).toEqual([0, 3, 4, 5]);
    for (const position of fromTo(6, 20)) happens(pager, sent(position));

    expect(ids(pager.timeline)).toEqual([0, 3, 4, 5]);
    expect(last(pager.timeline).hasNewer).toBe(true);
  });

  it('lets go of the newest while an older page is on its way, which then fits', async () => {
    const pager = await pagerOf(sentFrom(0, 10), { pageSize: 5, windowLimit: 6 });
    let answer: (answer: FakeAnswer) => void = () => undefined;
    pager.backend.respond = ({ query }) =>
      query['from'] === '5' ? new Promise((resolve) => (answer = resolve)) : undefined;
    await pager.older();

    for (const position of fromTo(11, 20)) happens(pager, sent(position));
    expect(ids(pager.timeline)).toEqual(fromTo(6, 11));
    expect(last(pager.timeline)).toMatchObject({ hasNewer: true, loadingOlder: true });
    answer({ json: messagesPage(sentFrom(0, 20), 5, 5) });
    await settled();

    expect(ids(pager.timeline)).toEqual(fromTo(1, 6));
  });

  it('remembers what happened to those that it let go', async () => {
    const pager = await pagerOf(sentFrom(0, 9), { pageSize: 5, windowLimit: 10 });
    await pager.older();
    happens(pager, status(10, 'm0'));
    for (const position of fromTo(11, 20)) happens(pager, sent(position));
    expect(ids(pager.timeline)).toEqual(fromTo(11, 20));
    // What is read again says how things were at its top.
    pager.backend.logs.set('garden', [...sentFrom(0, 9), deletedMessage(10), ...sentFrom(11, 20)]);

    await pager.older();
    await pager.older();

    expect(last(pager.timeline).messages[0]).toMatchObject({
      id: 'm0',
      statusUpdates: { ann: { on: 'at 10' } },
    });
  });
});

describe('a timeline that is far behind', () => {
  it('jumps to the newest, and the way between is gone back', async () => {
    const pager = await pagerOf(sentFrom(0, 9), { pageSize: 1_000, windowLimit: 5_000 });
    pager.line.last().close();
    pager.backend.logs.set('garden', sentFrom(0, 9_999));
    await pager.time.advance(2_000);
    pager.open();
    await pager.time.advance(5_000);

    expect(ids(pager.timeline)).toEqual(fromTo(9_000, 9_999));
    expect(last(pager.timeline)).toMatchObject({ hasOlder: true, sync: { state: 'live', cursor: 9_999 } });
    // Two pages, not a hundred, told that it was far.
    expect(pager.backend.calls.filter((call) => call.endsWith('/events')).length).toBeLessThan(12);

    for (let turn = 0; turn < 3; turn += 1) await pager.older();
    expect(ids(pager.timeline)).toEqual(fromTo(6_000, 9_999));
  });

  it('joins what it held before', async () => {
    const pager = await pagerOf(sentFrom(0, 9), { pageSize: 1_000, windowLimit: 5_000 });
    pager.line.last().close();
    pager.backend.logs.set('garden', sentFrom(0, 3_009));
    await pager.time.advance(2_000);
    pager.open();
    await pager.time.advance(5_000);
    expect(ids(pager.timeline)).toEqual(fromTo(2_010, 3_009));

    await pager.older();
    await pager.older();

    expect(ids(pager.timeline)).toEqual(fromTo(0, 3_009));
    expect(last(pager.timeline).hasOlder).toBe(false);
  });
});
