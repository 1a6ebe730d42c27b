import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { filter, firstValueFrom, timeout } from 'rxjs';
import type { Delivery } from '../../lib/worker/Delivery.js';
import type { EventLog } from '../../lib/worker/EventLog.js';
import { processLog } from '../../lib/worker/processLog.js';
import type { WorkerRun, WorkerStats } from '../../lib/worker/WorkerRun.js';
import { eventAt } from './events.js';
import { type MemoryEventLog, memoryEventLog } from './memoryEventLog.js';

const logOf = async (contents: Readonly<Record<string, number>>): Promise<MemoryEventLog> => {
  const log = memoryEventLog();
  for (const [conversation, count] of Object.entries(contents)) {
    for (let id = 0; id < count; id += 1) await log.append(eventAt(conversation, id), id - 1);
  }
  return log;
};

const reaches = (run: WorkerRun, fits: (stats: WorkerStats) => boolean): Promise<WorkerStats> =>
  firstValueFrom(run.stats$.pipe(filter(fits), timeout(5_000)));

const never = new Promise<never>(() => undefined);

/** A log that gives out these deliveries and nothing else. */
const logGiving = (...given: readonly Delivery[]): EventLog => ({
  ...memoryEventLog(),
  deliveries: async function* (_group, { signal }) {
    yield* given;
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
  },
});

describe('processLog', () => {
  it('handles every event, in order within each conversation, under stable keys', async () => {
    const log = await logOf({ a: 5, b: 5, c: 5 });
    const handled: string[] = [];
    const run = processLog({ log, group: 'g', handle: (_event, { key }) => void handled.push(key) });
    const stats = await reaches(run, ({ handled: count }) => count === 15);
    await run.stop();

    expect(stats).toMatchObject({ retried: 0, deadLettered: 0 });
    for (const conversation of ['a', 'b', 'c']) {
      expect(handled.filter((key) => key.startsWith(`g/${conversation}/`))).toEqual(
        [0, 1, 2, 3, 4].map((id) => `g/${conversation}/${id}`),
      );
    }
  });

  it('leaves nothing on a signal that a log has for all its deliveries', async () => {
    const { signal: lost } = new AbortController();
    const settled = async (): Promise<void> => Promise.resolve();
    const given = Array.from({ length: 20 }, (_, id) => ({
      event: eventAt('a', id),
      key: `a/${id}`,
      attempt: 1,
      lost,
      ack: settled,
      retry: settled,
    }));
    const run = processLog({ log: logGiving(...given), group: 'g', handle: (_event, { signal }) => signal });
    await reaches(run, ({ handled }) => handled === 20);

    expect(getEventListeners(lost, 'abort')).toHaveLength(0);
    await run.stop();
  });

  it('shares the work with others of its group', async () => {
    const log = await logOf({ a: 20, b: 20, c: 20, d: 20 });
    const handled: string[] = [];
    const runs = ['one', 'two'].map(() =>
      processLog({
        log,
        group: 'g',
        concurrency: 1,
        handle: async (_event, { key }) => {
          await Promise.resolve();
          handled.push(key);
        },
      }),
    );
    const all = ({ handled: count }: WorkerStats): boolean => count > 0 && handled.length === 80;
    await Promise.race(runs.map((run) => reaches(run, all)));
    await Promise.all(runs.map((run) => run.stop()));

    expect(new Set(handled).size).toBe(80);
  });

  it('tries again, before anything later, then gives up and goes on', async () => {
    const log = await logOf({ a: 3 });
    const seen: string[] = [];
    const dead: unknown[] = [];
    const run = processLog({
      log,
      group: 'g',
      retry: { maxAttempts: 3, initialDelayMs: 1, maxDelayMs: 1 },
      handle: ({ conversationEventId }, { attempt }) => {
        seen.push(`${conversationEventId}:${attempt}`);
        if (conversationEventId === 1) throw new Error('bad one');
      },
      deadLetter: ({ conversationEventId }, error) => void dead.push([conversationEventId, error]),
    });
    const stats = await reaches(run, ({ handled }) => handled === 2);
    await run.stop();

    expect(seen).toEqual(['0:1', '1:1', '1:2', '1:3', '2:1']);
    expect(dead).toEqual([[1, new Error('bad one')]]);
    expect(stats).toMatchObject({ retried: 2, deadLettered: 1 });
  });

  it('gives up an event that killed all who got it, without touching it', async () => {
    const log = await logOf({ a: 2 });
    for (let death = 0; death < 3; death += 1) {
      // Each of these died with it, as far as the log can tell.
      const leaving = new AbortController();
      const dying = log.deliveries('g', { concurrency: 1, signal: leaving.signal });
      const { value } = await dying[Symbol.asyncIterator]().next();
      leaving.abort();
      await (value as Delivery).retry(0);
    }
    const touched: number[] = [];
    const dead: unknown[] = [];
    const run = processLog({
      log,
      group: 'g',
      retry: { maxAttempts: 3 },
      handle: ({ conversationEventId }) => void touched.push(conversationEventId),
      deadLetter: (event, error) => void dead.push([event.conversationEventId, error]),
    });
    await reaches(run, ({ handled }) => handled === 1);
    await run.stop();

    expect(touched).toEqual([1]);
    expect(dead).toEqual([
      [
        0,
        new Error('The event was handed out 3 times, and none of those who got it came to an end with it.'),
      ],
    ]);
  });

  it('goes on trying such an event when there is nowhere to put it', async () => {
    const log = logGiving({
      event: eventAt('a', 0),
      key: 'g/a/0',
      attempt: 99,
      lost: new AbortController().signal,
      ack: () => Promise.resolve(),
      retry: () => Promise.resolve(),
    });
    const run = processLog({ log, group: 'g', handle: () => undefined });

    expect(await reaches(run, ({ handled }) => handled === 1)).toMatchObject({ deadLettered: 0 });
    await run.stop();
  });

  it('gives back at the deadline what no handler came to an end with', async () => {
    const log = await logOf({ a: 1 });
    const stuck = processLog({ log, group: 'g', handle: () => never });
    await reaches(stuck, ({ inFlight }) => inFlight === 1);
    await stuck.stop({ timeoutMs: 1 });
    await stuck.done;

    const attempts: number[] = [];
    const next = processLog({
      log,
      group: 'g',
      handle: (_event, { attempt }) => void attempts.push(attempt),
    });
    await reaches(next, ({ handled }) => handled === 1);
    await next.stop();
    expect(attempts).toEqual([2]);
  });

  it('gives back what was handed over at the very moment of the stop', async () => {
    let hand = (_delivery: Delivery): void => undefined;
    const returned: number[] = [];
    const log: EventLog = {
      ...memoryEventLog(),
      deliveries: async function* () {
        yield await new Promise<Delivery>((resolve) => {
          hand = resolve;
        });
      },
    };
    const run = processLog({ log, group: 'g', concurrency: 1, handle: () => never });
    await reaches(run, () => true);
    await Promise.resolve();
    const stopped = run.stop();
    hand({
      event: eventAt('a', 0),
      key: 'g/a/0',
      attempt: 1,
      lost: new AbortController().signal,
      ack: () => Promise.resolve(),
      retry: (afterMs) => {
        returned.push(afterMs);
        return Promise.resolve();
      },
    });
    await stopped;

    expect(returned).toEqual([0]);
  });

  it('goes on when an event is lost while it says that it is done', async () => {
    const lost = new AbortController();
    const delivery = (id: number, ack: () => Promise<void>, signal: AbortSignal): Delivery => ({
      event: eventAt('a', id),
      key: `g/a/${id}`,
      attempt: 1,
      lost: signal,
      ack,
      retry: () => Promise.resolve(),
    });
    const log = logGiving(
      delivery(
        0,
        () => {
          lost.abort();
          return Promise.reject(new Error('somebody else has it'));
        },
        lost.signal,
      ),
      delivery(1, () => Promise.resolve(), new AbortController().signal),
    );
    const run = processLog({ log, group: 'g', concurrency: 1, handle: () => undefined });
    await reaches(run, ({ handled }) => handled === 1);

    await run.stop();
    await expect(run.done).resolves.toBeUndefined();
  });

  it('ends with the error of its log', async () => {
    const log: EventLog = {
      ...memoryEventLog(),

      deliveries: async function* () {
        await Promise.resolve();
        throw new Error('no such consumer');
      },
    };

    await expect(processLog({ log, group: 'g', handle: () => undefined }).done).rejects.toThrow(
      'no such consumer',
    );
  });

  it('refuses options that can only be a mistake', () => {
    const log = memoryEventLog();
    const handle = () => undefined;

    expect(() => processLog({ log, group: '', handle })).toThrow(TypeError);
    // @ts-expect-error -- What a program without types may do.
    expect(() => processLog({ log: {}, group: 'g', handle })).toThrow(TypeError);
    // @ts-expect-error -- What a program without types may do.
    expect(() => processLog({ group: 'g', handle })).toThrow(TypeError);
    // @ts-expect-error -- What a program without types may do.
    expect(() => processLog({ log, group: 'g' })).toThrow(TypeError);
    expect(() => processLog({ log, group: 'g', handle, concurrency: 0 })).toThrow(RangeError);
  });
});
