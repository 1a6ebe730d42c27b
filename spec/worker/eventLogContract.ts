import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../lib/worker/Delivery.js';
import type { EventLog } from '../../lib/worker/EventLog.js';
import { eventAt } from './events.js';
import { openReader, type Reader } from './openReader.js';

/** Ids that mean something to brokers, file systems or encodings. Each is another conversation. */
export const AWKWARD_IDS = [
  '*',
  '>',
  'a.b',
  'a_002eb',
  '..',
  '.',
  ' ',
  'two words',
  'a/b',
  '\r\n',
  '\u0000',
  'ünïcödé ✓ 🦄',
  '\ud83e',
  '\ufffd',
  '$JS.API.STREAM.PURGE',
  '__proto__',
  'A',
  'a',
  'x'.repeat(5_000),
  `${'x'.repeat(4_999)}y`,
];

export interface EventLogUnderTest {
  /** The same log once more, as another process would have it. */
  again(): Promise<EventLog>;
}

/** What every event log keeps to. `open` gives an empty one, that outlives the test. */
export const eventLogContract = (open: () => Promise<EventLogUnderTest>): void =>
  describe('as an event log', () => {
    let again: () => Promise<EventLog>;
    let log: EventLog;
    let readers: Reader[] = [];

    beforeEach(async () => {
      ({ again } = await open());
      log = await again();
    });
    afterEach(async () => {
      await Promise.all(readers.map((reader) => reader.close()));
      readers = [];
    });

    const read = (group: string, { concurrency = 16, from = log } = {}): Reader => {
      const reader = openReader(from, group, concurrency);
      readers.push(reader);
      return reader;
    };
    const fill = async (conversationId: string, ids: readonly number[]): Promise<void> => {
      let after: number | 'baseline' = (await log.last(conversationId)) ?? 'baseline';
      for (const id of ids) {
        expect(await log.append(eventAt(conversationId, id), after)).toEqual({ kind: 'appended' });
        after = id;
      }
    };

    describe('append and last', () => {
      it('has nothing at first', async () => {
        expect(await log.last('c')).toBeUndefined();
      });

      it('appends what follows, over holes', async () => {
        await fill('c', [3, 4, 7, 100]);

        expect(await log.last('c')).toBe(100);
      });

      it('takes -1 for the beginning, as well as the word', async () => {
        expect(await log.append(eventAt('c', 0), -1)).toEqual({ kind: 'appended' });
      });

      it('calls what it has, or is past, a duplicate', async () => {
        await fill('c', [1, 2, 5]);

        for (const [id, after] of [
          [5, 2],
          [2, 1],
          [1, 'baseline'],
          [4, 2],
          [5, 4],
        ] as const) {
          expect(await log.append(eventAt('c', id), after)).toEqual({ kind: 'duplicate' });
        }
        expect(await log.last('c')).toBe(5);
      });

      it('says where it really ends to whom that is news', async () => {
        await fill('c', [1, 2]);

        expect(await log.append(eventAt('c', 9), 1)).toEqual({ kind: 'conflict', last: 2 });
        expect(await log.append(eventAt('c', 9), 8)).toEqual({ kind: 'conflict', last: 2 });
        expect(await log.append(eventAt('c', 9), 'baseline')).toEqual({ kind: 'conflict', last: 2 });
        expect(await log.append(eventAt('new', 9), 8)).toEqual({ kind: 'conflict', last: -1 });
        expect(await log.last('c')).toBe(2);
        expect(await log.last('new')).toBeUndefined();
      });

      it('tells a writer about another one that it knew nothing of', async () => {
        const other = await again();
        await fill('c', [1, 2]);
        expect(await other.append(eventAt('c', 3), 2)).toEqual({ kind: 'appended' });

        expect(await log.append(eventAt('c', 3), 2)).toEqual({ kind: 'duplicate' });
        expect(await log.append(eventAt('c', 4), 2)).toEqual({ kind: 'conflict', last: 3 });
      });

      it('has each event once when many writers race', async () => {
        const writers = await Promise.all(Array.from({ length: 5 }, again));
        const conversations = ['a', 'b', 'c'];
        const write = async (writer: EventLog, conversationId: string): Promise<void> => {
          let last = -1;
          while (last < 20) {
            const result = await writer.append(eventAt(conversationId, last + 1), last);
            last = result.kind === 'conflict' ? result.last : last + 1;
          }
        };
        await Promise.all(
          writers.flatMap((writer) => conversations.map((conversation) => write(writer, conversation))),
        );

        const reader = read('g');
        const seen: Record<string, number[]> = { a: [], b: [], c: [] };
        for (let left = 63; left > 0; left -= 1) {
          const delivery = await reader.next();
          seen[delivery.event.conversationId]?.push(delivery.event.conversationEventId);
          await delivery.ack();
        }
        const each = Array.from({ length: 21 }, (_, id) => id);
        expect(seen).toEqual({ a: each, b: each, c: each });
      });

      it('refuses what could not be read again, and leaves the conversation as it is', async () => {
        await fill('c', [1]);
        const event = eventAt('c', 2);
        for (const wrong of [
          null,
          {},
          { ...event, conversationId: '' },
          { ...event, conversationId: 5 },
          { ...event, conversationEventId: -1 },
          { ...event, conversationEventId: '2' },
          { ...event, conversationEventId: 2 ** 53 },
          { ...event, payload: {} },
        ]) {
          // @ts-expect-error -- What a program without types may do.
          await expect(log.append(wrong, 1)).rejects.toThrow(TypeError);
        }
        for (const wrong of [null, undefined, '1', NaN, -2, 0.5]) {
          // @ts-expect-error -- What a program without types may do.
          await expect(log.append(event, wrong)).rejects.toThrow(TypeError);
        }
        // @ts-expect-error -- What a program without types may do.
        await expect(log.last(5)).rejects.toThrow(TypeError);

        expect(await log.last('c')).toBe(1);
        expect(await log.append(event, 1)).toEqual({ kind: 'appended' });
      });

      it('does nothing for somebody who has given up', async () => {
        await expect(
          log.append(eventAt('c', 1), 'baseline', AbortSignal.abort(new Error('gone'))),
        ).rejects.toThrow('gone');
        expect(await log.last('c')).toBeUndefined();
      });
    });

    it('keeps conversations apart, whatever their ids', async () => {
      await Promise.all(AWKWARD_IDS.map((id, index) => fill(id, [index, index + 100])));

      expect(await Promise.all(AWKWARD_IDS.map((id) => log.last(id)))).toEqual(
        AWKWARD_IDS.map((_, index) => index + 100),
      );
      const reader = read('g');
      const seen = new Map<string, unknown[]>();
      for (let left = 2 * AWKWARD_IDS.length; left > 0; left -= 1) {
        const { event, ack } = await reader.next();
        seen.set(event.conversationId, [...(seen.get(event.conversationId) ?? []), event]);
        await ack();
      }
      expect(seen.size).toBe(AWKWARD_IDS.length);
      for (const [index, id] of AWKWARD_IDS.entries()) {
        expect(seen.get(id)).toEqual([eventAt(id, index), eventAt(id, index + 100)]);
      }
    });

    describe('deliveries', () => {
      it('refuses a group, or options, that can only be a mistake', () => {
        const { signal } = new AbortController();

        expect(() => log.deliveries('', { concurrency: 1, signal })).toThrow(TypeError);
        expect(() => log.deliveries('g', { concurrency: 0, signal })).toThrow(RangeError);
        // @ts-expect-error -- What a program without types may do.
        expect(() => log.deliveries('g', { concurrency: 1 })).toThrow(TypeError);
        // @ts-expect-error -- What a program without types may do.
        expect(() => log.deliveries('g')).toThrow(TypeError);
      });

      it('gives what was there before and what comes after, as it was appended', async () => {
        await fill('c', [1]);
        const reader = read('g');
        const first = await reader.next();
        await first.ack();
        await fill('c', [2]);
        const second = await reader.next();

        expect([first.event, second.event]).toEqual([eventAt('c', 1), eventAt('c', 2)]);
        expect([first.attempt, second.attempt]).toEqual([1, 1]);
        expect(first.lost.aborted).toBe(false);
      });

      it('gives the next one of a conversation when the one before is settled', async () => {
        await fill('c', [1, 2]);
        const reader = read('g');
        const first = await reader.next();
        let hasSecond = false;
        const second = reader.next().then((delivery) => {
          hasSecond = true;
          return delivery;
        });
        for (let roundTrips = 5; roundTrips > 0; roundTrips -= 1) await log.last('c');

        expect(hasSecond).toBe(false);
        await first.ack();
        expect(idOf(await second)).toBe(2);
      });

      it('gives again what is given back, before anything later, under the same key', async () => {
        await fill('c', [1, 2]);
        const reader = read('g');
        const first = await reader.next();
        await first.retry(50);
        const again1 = await reader.next();
        await again1.retry(0);
        const again2 = await reader.next();
        await again2.ack();
        const second = await reader.next();

        expect([first, again1, again2, second].map(idOf)).toEqual([1, 1, 1, 2]);
        expect([first, again1, again2, second].map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1]);
        expect(again2.key).toBe(first.key);
        expect(second.key).not.toBe(first.key);
      });

      it('rejects a second settling', async () => {
        await fill('c', [1]);
        const first = await read('g').next();
        await first.ack();

        await expect(first.ack()).rejects.toThrow();
        await expect(first.retry(0)).rejects.toThrow();
      });

      it('gives each event to one reader of a group, and every event to each group', async () => {
        const ids = Array.from({ length: 30 }, (_, id) => id);
        await Promise.all(['a', 'b', 'c', 'd'].map((conversation) => fill(conversation, ids)));
        const seen: string[] = [];
        const reading = [read('g'), read('g', { from: await again() })];
        const other = read('another');
        const readAll = async (reader: Reader, log_: string[], total: number): Promise<void> => {
          for await (const { event, ack } of reader.each()) {
            log_.push(`${event.conversationId}${event.conversationEventId}`);
            await ack();
            if (log_.length >= total) await Promise.all(reading.map(({ close }) => close()));
          }
        };
        await Promise.all(reading.map((reader) => readAll(reader, seen, 120)));

        expect(new Set(seen).size).toBe(120);
        expect(seen).toHaveLength(120);
        for (const conversation of ['a', 'b', 'c', 'd']) {
          const own = seen.filter((text) => text.startsWith(conversation));
          expect(own).toEqual(ids.map((id) => `${conversation}${id}`));
        }
        expect((await other.next()).attempt).toBe(1);
      });

      it('hands out no more at once than it is told', async () => {
        await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => fill(id, [1])));
        const reader = read('g', { concurrency: 2 });
        const [first, second] = [await reader.next(), await reader.next()];
        let hasThird = false;
        const third = reader.next().then((delivery) => {
          hasThird = true;
          return delivery;
        });
        for (let roundTrips = 5; roundTrips > 0; roundTrips -= 1) await log.last('a');

        expect(hasThird).toBe(false);
        await first.ack();
        expect((await third).key).not.toBe(second.key);
      });

      it('ends when told, and leaves what was not handed out to others', async () => {
        await Promise.all(['a', 'b', 'c', 'd'].map((id) => fill(id, [1])));
        const reader = read('g', { concurrency: 1 });
        const held = await reader.next();
        await reader.close();
        await held.retry(0);

        const next = read('g');
        const seen: string[] = [];
        for (let left = 4; left > 0; left -= 1) {
          const { event, ack } = await next.next();
          seen.push(event.conversationId);
          await ack();
        }
        expect(seen.sort()).toEqual(['a', 'b', 'c', 'd']);
      });

      it('lets what was handed out be settled after the end', async () => {
        await fill('c', [1, 2]);
        const reader = read('g');
        const first = await reader.next();
        await reader.close();
        await first.ack();

        expect(idOf(await read('g').next())).toBe(2);
      });

      it('ends at once for a signal that has aborted', async () => {
        await fill('c', [1]);
        const reader = read('g');
        await reader.close();

        expect(await reader.ended).toBe(0);
      });
    });
  });

const idOf = ({ event }: Delivery): number => event.conversationEventId;
