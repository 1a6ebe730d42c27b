import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as E from '#fp-ts/Either';
import { factOf } from '../../lib/projection/factOf.js';
import type { Message } from '../../lib/projection/Message.js';
import type { MessagesThen } from '../../lib/projection/messageSequence.js';
import { projectMessages } from '../../lib/projection/projectMessages.js';
import { createTimelineWindow, type TimelineWindow } from '../../lib/projection/timelineWindow.js';
import { decodeFrame } from '../../lib/wire/decodeFrame.js';
import type { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';
import { decodeMessagePage, type MessagePage } from '../../lib/wire/MessagePage.js';
import { decodeEventPage } from '../../lib/wire/EventPage.js';
import type { UnknownEvent } from '../../lib/wire/UnknownEvent.js';
import { messagesPage } from '../support/messagesPage.js';
import { DATED_WAYS, type Entry, logOf, naiveReplay, type Replayed, type Step } from './naiveReplay.js';

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('sent', 'sent', 'delivered', 'read', 'read', 'delete', 'hole'),
  who: fc.nat(2),
  which: fc.nat(30),
  how: fc.nat(8),
});
const life = fc.array(step, { maxLength: 60 });

/** All of them, in any order, some of them again and again. */
const shuffled = <A>(items: readonly A[]): fc.Arbitrary<readonly A[]> =>
  fc
    .tuple(fc.shuffledSubarray([...items], { minLength: items.length }), fc.shuffledSubarray([...items]))
    .chain(([all, again]) =>
      fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
    );

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error('It cannot be decoded.');
  return either.right;
};

/** As it comes by the line; what is unusable there is read from a page of the log. */
const eventOf = (entry: Entry): ConversationMessageEvent | UnknownEvent => {
  const frame = JSON.stringify(entry);
  const decoded = decodeFrame(frame);
  if (E.isLeft(decoded)) return inPage(JSON.parse(frame));
  const event = decoded.right;
  if (!('type' in event)) return event;
  if (event.type !== 'conversationMessageEvent') throw new Error('Not an entry of a log.');
  return event.payload;
};

const inPage = (item: unknown): ConversationMessageEvent | UnknownEvent => {
  const { page } = right(decodeEventPage([item], 'garden', () => 0));
  const [event = page.others[0]] = page.events;
  if (event === undefined) throw new Error('Not an entry of a log.');
  return event;
};

const replayed = (message: Message): Replayed => ({
  id: message.id,
  sentEventId: message.sentEventId ?? -1,
  sender: message.sender ?? '',
  sentOn: message.sentOn ?? '',
  parts: message.parts,
  metadata: message.metadata,
  readers: new Map(
    Object.entries(message.statusUpdates).map(([reader, { status, on }]) => [
      reader,
      `${status} ${String(on)}`,
    ]),
  ),
  deleted: message.state === 'deleted',
});

const withoutDeleted = (messages: readonly Replayed[]): readonly Replayed[] =>
  messages.filter(({ deleted }) => !deleted);

const pageOf = (log: readonly Entry[], limit: number, from?: number): MessagePage =>
  right(decodeMessagePage(messagesPage(log, limit, from)));

/** Goes back by pages of these sizes, one after the other, to the beginning. */
const goBack = (window: TimelineWindow, log: readonly Entry[], sizes: readonly number[]): void => {
  for (let turn = 0; window.hasOlder; turn += 1) {
    window.extend(pageOf(log, sizes[turn % sizes.length] ?? 1, window.olderFrom), [], Infinity);
  }
};

const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });

describe('messages', () => {
  it('are the same, whatever order their events come in, and however often', () => {
    const story = life.map(logOf).chain((log) => fc.tuple(fc.constant(log), shuffled(log)));
    fc.assert(
      fc.property(story, ([log, told]) => {
        expect(projectMessages(told.map(eventOf)).map(replayed)).toEqual(naiveReplay(log));
      }),
      { numRuns: 300 },
    );
  });

  it('are the same, however they are paged, whenever a page is read, and whatever comes meanwhile', () => {
    const story = life.map(logOf).chain((log) =>
      fc.record({
        log: fc.constant(log),
        cut: fc.nat(log.length),
        tail: fc.integer({ min: 1, max: 20 }),
        sizes,
        overlap: fc.nat(10),
        pagesFirst: fc.boolean(),
      }),
    );
    const withOrder = story.chain((told) =>
      fc.tuple(fc.constant(told), shuffled(told.log.slice(Math.max(0, told.cut - told.overlap)))),
    );
    fc.assert(
      fc.property(withOrder, ([{ log, cut, tail, sizes: pageSizes, pagesFirst }, live]) => {
        const window = createTimelineWindow();
        window.begin(pageOf(log.slice(0, cut), tail));
        const listen = (): void => {
          for (const event of live) {
            const fact = factOf(eventOf(event));
            if (fact !== undefined) window.take(fact);
          }
        };

        if (!pagesFirst) listen();
        // Pages show what there is when they are read, and each only what was there at its top.
        goBack(window, log, pageSizes);
        if (pagesFirst) listen();

        const truth = withoutDeleted(naiveReplay(log));
        expect(withoutDeleted(window.messages.value.map(replayed))).toEqual(truth);
      }),
      { numRuns: 300 },
    );
  });

  it('survive that they were let go at either end, and read again', () => {
    const story = fc.record({
      steps: life,
      sizes,
      limit: fc.integer({ min: 1, max: 10 }),
      rounds: fc.nat(4),
    });
    fc.assert(
      fc.property(story, ({ steps, sizes: pageSizes, limit, rounds }) => {
        const log = logOf(steps);
        const window = createTimelineWindow();
        window.begin(pageOf(log, 5));
        for (let round = 0; round < rounds; round += 1) {
          if (window.hasOlder) window.extend(pageOf(log, pageSizes[0] ?? 1, window.olderFrom), [], limit);
          if (round % 2 === 0) window.dropNewest(limit);
          else window.dropOldest(limit);
          if (window.hasNewer) window.begin(pageOf(log, pageSizes.at(-1) ?? 1));
        }
        goBack(window, log, pageSizes);

        expect(withoutDeleted(window.messages.value.map(replayed))).toEqual(withoutDeleted(naiveReplay(log)));
      }),
      { numRuns: 300 },
    );
  });

  it('are in order of time where pages say no positions', () => {
    const story = fc.record({
      steps: life,
      sizes,
      hidden: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
    });
    fc.assert(
      fc.property(story, ({ steps, sizes: pageSizes, hidden }) => {
        const log = logOf(steps.map((one) => ({ ...one, how: one.how % DATED_WAYS })));
        const hide = (page: MessagePage): MessagePage => ({
          ...page,
          messages: page.messages.map((item, index) =>
            hidden[index] === true && typeof item === 'object' ? { ...item, sentEventId: undefined } : item,
          ),
        });
        const window = createTimelineWindow();
        window.begin(hide(pageOf(log, pageSizes[0] ?? 1)));
        for (let turn = 0; window.hasOlder; turn += 1) {
          window.extend(
            hide(pageOf(log, pageSizes[turn % pageSizes.length] ?? 1, window.olderFrom)),
            [],
            Infinity,
          );
        }

        const truth = withoutDeleted(naiveReplay(log)).map(({ id }) => id);
        expect(withoutDeleted(window.messages.value.map(replayed)).map(({ id }) => id)).toEqual(truth);
      }),
      { numRuns: 300 },
    );
  });

  it('are what they were when they are read late, and the same objects as long as nothing of them changes', () => {
    const turn = fc.record({
      what: fc.constantFrom<Turn['what']>(
        'take',
        'take',
        'take',
        'take',
        'begin',
        'extend',
        'oldest',
        'newest',
      ),
      which: fc.nat(),
      size: fc.integer({ min: 1, max: 12 }),
    });
    const story = fc.record({ steps: life, turns: fc.array(turn, { maxLength: 60 }) });
    fc.assert(
      fc.property(story, ({ steps, turns }) => {
        const log = logOf(steps);
        const atOnce = createTimelineWindow();
        const late = createTimelineWindow();
        const lists: (readonly Message[])[] = [];
        const unread: MessagesThen[] = [];
        for (const some of turns) {
          for (const window of [atOnce, late]) play(window, log, some);
          lists.push(atOnce.messages.value);
          unread.push(late.messages);
        }

        // The last first: no list may lean on one before it.
        expect(unread.reverse().map(({ value }) => value)).toEqual([...lists].reverse());

        for (const [index, list] of lists.entries()) {
          const before = new Map(lists[index - 1]?.map((message) => [message.id, message]));
          for (const message of list) {
            const known = before.get(message.id);
            const isAlike = known !== undefined && JSON.stringify(known) === JSON.stringify(message);
            expect(known === message).toBe(isAlike);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** What may happen to a window; numbers choose among what there is. */
interface Turn {
  readonly what: 'take' | 'begin' | 'extend' | 'oldest' | 'newest';
  readonly which: number;
  readonly size: number;
}

const play = (window: TimelineWindow, log: readonly Entry[], { what, which, size }: Turn): void => {
  if (what === 'begin') window.begin(pageOf(log, size));
  else if (what === 'extend' && window.hasOlder && window.isOpen) {
    window.extend(pageOf(log, size, window.olderFrom), [], Infinity);
  } else if (what === 'oldest') window.dropOldest(size);
  else if (what === 'newest') window.dropNewest(size);
  else if (what === 'take') {
    const entry = log[which % Math.max(1, log.length)];
    const fact = entry && factOf(eventOf(entry));
    if (fact !== undefined) window.take(fact);
  }
};
