import { describe, expect, it } from '@jest/globals';
import { from, NEVER, Observable, of, timer } from 'rxjs';
import { handleDeliveries } from '../../lib/worker/handleDeliveries.js';
import type { HandlingOptions } from '../../lib/worker/HandlingOptions.js';
import type { WorkerRun, WorkerStats } from '../../lib/worker/WorkerRun.js';
import { settled, virtualTime } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';
import { fakeQueue, type FakeQueueOptions } from './fakeQueue.js';

interface World extends ReturnType<typeof fakeQueue> {
  readonly run: WorkerRun;
  readonly time: ReturnType<typeof virtualTime>;
  readonly handled: string[];
  readonly finished: () => number;
}

const boom = new Error('boom');

const begin = (
  positions: readonly number[],
  handling: Partial<HandlingOptions> = {},
  queueOptions: FakeQueueOptions = {},
): World => {
  const queue = fakeQueue(positions, queueOptions);
  const time = virtualTime();
  const handled: string[] = [];
  let finished = 0;
  const run = handleDeliveries({
    handling: {
      concurrency: 1,
      ...handling,
      handle: (event, context) => {
        handled.push(`${context.key} (${context.attempt})`);
        return handling.handle?.(event, context);
      },
    },
    deliveries: queue.deliveries,
    finish: () => {
      finished += 1;
      return Promise.resolve();
    },
    scheduler: time.scheduler,
    random: () => 1,
  });
  return Object.assign(queue, { run, time, handled, finished: () => finished });
};

const last = (run: WorkerRun): WorkerStats | undefined => watch(run.stats$).values.at(-1);

describe('handleDeliveries', () => {
  it('handles one after another, and acknowledges each after it was handled', async () => {
    const { run, log, handled, finished } = begin([0, 1, 2]);

    await run.done;

    expect(handled).toEqual(['garden/0 (1)', 'garden/1 (1)', 'garden/2 (1)']);
    expect(log).toEqual(['ack 0', 'ack 1', 'ack 2']);
    expect(finished()).toBe(1);
  });

  it('begins only after it was returned', () => {
    const { handled } = begin([0]);

    expect(handled).toEqual([]);
  });

  it('waits for a promise, and for an Observable to complete', async () => {
    const time = virtualTime();
    const waits = [Promise.resolve(), timer(10, time.scheduler), of(1, 2)];
    const queue = fakeQueue([0, 1, 2]);
    const run = handleDeliveries({
      handling: { concurrency: 1, handle: ({ conversationEventId }) => waits[conversationEventId] },
      deliveries: queue.deliveries,
      scheduler: time.scheduler,
    });

    await time.advance(9);
    expect(queue.log).toEqual(['ack 0']);
    await time.advance(1);
    await run.done;
    expect(queue.log).toEqual(['ack 0', 'ack 1', 'ack 2']);
  });

  it.each([[undefined], [null], [0], ['text'], [[NEVER]], [{}], [() => NEVER]])(
    'ignores any other value: %p',
    async (value) => {
      const { run, log } = begin([0], { handle: () => value });

      await run.done;

      expect(log).toEqual(['ack 0']);
    },
  );

  it('asks for no more than it may have in hand', async () => {
    const world = begin(
      [0, 1, 2, 3, 4],
      { concurrency: 2, handle: () => new Promise(() => undefined) },
      { staysOpen: true },
    );

    await settled();

    expect(world.handedOut).toBe(2);
    expect(last(world.run)?.inFlight).toBe(2);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw boom;
      },
    ],
    ['rejects', () => Promise.reject(boom)],
    ['errors', () => new Observable((subscriber) => subscriber.error(boom))],
  ])('puts back what fails when a handler %s, later and later', async (_how, fail) => {
    const world = begin([0, 1], {
      retry: { maxAttempts: 4, initialDelayMs: 100, maxDelayMs: 250 },
      handle: (event, { attempt }) => (event.conversationEventId === 0 && attempt < 4 ? fail() : undefined),
    });

    await world.run.done;

    expect(world.log).toEqual([
      'retry 0 after 100',
      'retry 0 after 200',
      'retry 0 after 250',
      'ack 0',
      'ack 1',
    ]);
    expect(world.handled.slice(0, 4).map((key) => key.slice(0, 8))).toEqual(Array(4).fill('garden/0'));
    expect(last(world.run)).toMatchObject({ handled: 2, retried: 3, deadLettered: 0, inFlight: 0 });
  });

  it('gives what fails for good to deadLetter, waits for it, and goes on', async () => {
    const letters: unknown[] = [];
    let release = (): void => undefined;
    const world = begin([0, 1], {
      retry: { maxAttempts: 1 },
      handle: ({ conversationEventId }) => (conversationEventId === 0 ? Promise.reject(boom) : undefined),
      deadLetter: ({ conversationEventId }, error) => {
        letters.push([conversationEventId, error]);
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      },
    });

    await settled();
    expect([letters, world.log]).toEqual([[[0, boom]], []]);
    release();
    await world.run.done;

    expect(world.log).toEqual(['ack 0', 'ack 1']);
    expect(last(world.run)).toMatchObject({ handled: 1, retried: 0, deadLettered: 1 });
  });

  it('stops with the error where there is no deadLetter, and passes nothing', async () => {
    const world = begin([0, 1, 2], {
      retry: { maxAttempts: 1 },
      handle: ({ conversationEventId }) => (conversationEventId === 1 ? Promise.reject(boom) : undefined),
    });

    await expect(world.run.done).rejects.toBe(boom);

    expect(world.log).toEqual(['ack 0']);
    expect(world.handled).toHaveLength(2);
    expect(world.finished()).toBe(1);
  });

  it('stops with what deadLetter fails with', async () => {
    const worse = new Error('worse');
    const world = begin([0], {
      retry: { maxAttempts: 1 },
      handle: () => Promise.reject(boom),
      deadLetter: () => Promise.reject(worse),
    });

    await expect(world.run.done).rejects.toBe(worse);
    expect(world.log).toEqual([]);
  });

  it('stops with what an acknowledgement fails with', async () => {
    const world = begin([0, 1], {}, { ack: () => Promise.reject(boom) });

    await expect(world.run.done).rejects.toBe(boom);
    expect(world.handled).toEqual(['garden/0 (1)']);
  });

  it('leaves the failure unheard without harm', async () => {
    // A rejection that nobody looks at fails the test that is running.
    const world = begin([0], { retry: { maxAttempts: 1 }, handle: () => Promise.reject(boom) });
    await settled();
    await settled();

    expect(world.finished()).toBe(1);
  });

  it('lets go of an Observable whose event is lost', async () => {
    let subscribers = 0;
    const handle = () =>
      new Observable(() => {
        subscribers += 1;
        return () => {
          subscribers -= 1;
        };
      });
    const world = begin([0], { handle });
    await settled();
    expect(subscribers).toBe(1);

    world.lose(0);
    await settled();

    expect(subscribers).toBe(0);
    expect(world.log).toEqual([]);
  });

  it('settles nothing that was lost, and tells its handler', async () => {
    const aborted: boolean[] = [];
    let release = (): void => undefined;
    const world = begin([0, 1], {
      handle: ({ conversationEventId }, { signal }) =>
        conversationEventId === 0
          ? new Promise<void>((resolve) => {
              release = () => {
                aborted.push(signal.aborted);
                resolve();
              };
            })
          : undefined,
    });
    await settled();

    world.lose(0);
    release();
    await world.run.done;

    expect(aborted).toEqual([true]);
    expect(world.log).toEqual(['ack 1']);
  });
});

describe('stop', () => {
  it('waits for what is being handled, and begins nothing new', async () => {
    let release = (): void => undefined;
    const world = begin([0, 1], { handle: () => new Promise<void>((resolve) => (release = resolve)) });
    await settled();

    const stopped = watch(from(world.run.stop()));
    await world.time.advance(9_999);
    expect(stopped.end).toBeUndefined();
    release();
    await world.run.done;

    expect(world.log).toEqual(['ack 0']);
    expect(world.handled).toEqual(['garden/0 (1)']);
    expect(world.time.pending).toBe(0);
  });

  it('tells handlers at the deadline, settles nothing after it, and resolves', async () => {
    const signals: AbortSignal[] = [];
    let release = (): void => undefined;
    const world = begin([0], {
      handle: (_event, { signal }) => {
        signals.push(signal);
        return new Promise<void>((resolve) => (release = resolve));
      },
    });
    await settled();

    const stopped = world.run.stop({ timeoutMs: 100 });
    await world.time.advance(99);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await world.time.advance(1);
    await stopped;
    release();
    await settled();

    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(world.log).toEqual([]);
    expect(world.time.pending).toBe(0);
  });

  it('lets go of an Observable at the deadline', async () => {
    let subscribers = 0;
    const { run, time, log } = begin([0], {
      handle: () =>
        new Observable(() => {
          subscribers += 1;
          return () => {
            subscribers -= 1;
          };
        }),
    });
    await settled();
    expect(subscribers).toBe(1);

    const stopped = run.stop({ timeoutMs: 100 });
    await time.advance(99);
    expect(subscribers).toBe(1);
    await time.advance(1);
    await stopped;

    expect(subscribers).toBe(0);
    expect(log).toEqual([]);
  });

  it('ends a source that has nothing to give', async () => {
    const world = begin([], {}, { staysOpen: true });
    await settled();

    await world.run.stop();

    expect(world.finished()).toBe(1);
  });

  it('takes the earlier of two deadlines', async () => {
    const world = begin([0], { handle: () => new Promise(() => undefined) });
    await settled();

    void world.run.stop();
    const stopped = world.run.stop({ timeoutMs: 5 });
    await world.time.advance(5);
    await stopped;

    expect(world.finished()).toBe(1);
  });

  it('resolves for a run that has failed', async () => {
    const world = begin([0], { retry: { maxAttempts: 1 }, handle: () => Promise.reject(boom) });

    await expect(world.run.stop()).resolves.toBeUndefined();
  });

  it('refuses a time that is none', () => {
    expect(() => begin([]).run.stop({ timeoutMs: -1 })).toThrow(RangeError);
  });
});

describe('the signal', () => {
  it('tells handlers at once, and still acknowledges what they bring to an end', async () => {
    const abort = new AbortController();
    const world = begin([0, 1], {
      signal: abort.signal,
      handle: (_event, { signal }) =>
        new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => {
            resolve();
          });
        }),
    });
    await settled();

    abort.abort();
    await world.run.done;

    expect(world.log).toEqual(['ack 0']);
  });

  it('makes no failed attempt of a handler that breaks off', async () => {
    const abort = new AbortController();
    const world = begin([0], {
      signal: abort.signal,
      retry: { maxAttempts: 1 },
      deadLetter: () => undefined,
      handle: (_event, { signal }) =>
        new Promise<void>((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(boom);
          });
        }),
    });
    await settled();

    abort.abort();
    await world.run.done;

    expect(world.log).toEqual([]);
    expect(last(world.run)).toMatchObject({ handled: 0, deadLettered: 0 });
  });

  it('that has aborted before lets nothing begin', async () => {
    const world = begin([0], { signal: AbortSignal.abort() });

    await world.run.done;

    expect([world.handedOut, world.finished()]).toEqual([0, 1]);
  });
});

describe('many handlers at once', () => {
  it('have each a signal of their own, which aborts with the run', async () => {
    const warnings: Error[] = [];
    const warned = (warning: Error): void => void warnings.push(warning);
    process.on('warning', warned);
    const signals = new Set<AbortSignal>();
    const abort = new AbortController();
    const world = begin(
      Array.from({ length: 64 }, (_, position) => position),
      {
        concurrency: 64,
        signal: abort.signal,
        handle: (_event, { signal }) =>
          new Promise<void>((resolve) => {
            signals.add(signal);
            signal.addEventListener('abort', () => {
              resolve();
            });
          }),
      },
    );
    await settled();

    abort.abort();
    await world.run.done;
    process.off('warning', warned);

    expect(signals.size).toBe(64);
    expect(world.log).toHaveLength(64);
    expect(warnings).toEqual([]);
  });
});

describe('stats$', () => {
  it('gives the present numbers, then each change, and completes with the run', async () => {
    const world = begin([0, 1]);
    const seen = watch(world.run.stats$);

    await world.run.done;

    expect(seen.values.map(({ handled, inFlight }) => [handled, inFlight])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 0],
    ]);
    expect(seen.end).toBe('completed');
    expect(watch(world.run.stats$)).toMatchObject({ end: 'completed', values: [{ handled: 2 }] });
  });
});

describe('options', () => {
  it.each<[string, unknown]>([
    ['no options at all', undefined],
    ['no handler', {}],
    ['a handler that is no function', { handle: 'handle' }],
    ['a concurrency of none', { handle: () => undefined, concurrency: 0 }],
    ['a half conversation at once', { handle: () => undefined, concurrency: 1.5 }],
    ['no attempt', { handle: () => undefined, retry: { maxAttempts: 0 } }],
    ['a negative delay', { handle: () => undefined, retry: { initialDelayMs: -1 } }],
    ['a dead letter that is no function', { handle: () => undefined, deadLetter: true }],
    ['a signal that is none', { handle: () => undefined, signal: {} }],
  ])('are refused at the call: %s', (_what, handling) => {
    const { deliveries } = fakeQueue([]);

    // Callers without types are refused too.
    expect(() => handleDeliveries({ handling: handling as HandlingOptions, deliveries })).toThrow(
      /must be|TypeError|RangeError/,
    );
  });
});
