import { describe, expect, it } from '@jest/globals';
import { BehaviorSubject, NEVER, of, Subject, throwError } from 'rxjs';
import type { ComapiError } from '../../lib/fault/ComapiError.js';
import type { CursorStore } from '../../lib/worker/CursorStore.js';
import { memoryCursorStore } from '../../lib/worker/memoryCursorStore.js';
import { beginWorker, runWorker, type WorkerOptions } from '../../lib/worker/runWorker.js';
import { clientWorld } from '../support/clientWorld.js';
import { deleted, deletedMessage, sent } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';
import { logOf, workerWorld } from './workerWorld.js';

const keys = (conversationId: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${conversationId}/${from + index}`);

const boom = new Error('boom');

/** A store that has these cursors already. */
const storeAt = async (cursors: Readonly<Record<string, number>>): Promise<CursorStore> => {
  const store = memoryCursorStore();
  await store.commit(new Map(Object.entries(cursors)));
  return store;
};

/** Handlers that end when the test says so. */
const heldHandlers = () => {
  const waiting: (() => void)[] = [];
  return {
    handle: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
      }),
    get waiting() {
      return waiting.length;
    },
    release: async () => {
      waiting.shift()?.();
      await settled();
    },
  };
};

describe('runWorker', () => {
  it('handles history and what comes live, in order, and commits how far it is', async () => {
    const world = await workerWorld({ logs: { garden: 25 } });

    world.receive(sent(25));
    await settled();

    expect(world.handled).toEqual(keys('garden', 0, 25));
    expect(await world.cursorOf('garden')).toBe(25);
    expect(world.stats).toMatchObject({ handled: 26, inFlight: 0, lag: 0, conversations: 1 });
  });

  it('goes on after the cursor', async () => {
    const world = await workerWorld({ logs: { garden: 5 }, store: await storeAt({ garden: 2 }) });

    expect(world.handled).toEqual(['garden/3', 'garden/4']);
  });

  it('commits only what has settled', async () => {
    const held = heldHandlers();
    const world = await workerWorld({ logs: { garden: 3 }, handle: held.handle });

    expect([world.handled, await world.cursorOf('garden')]).toEqual([['garden/0'], undefined]);
    await held.release();
    expect([world.handled, await world.cursorOf('garden')]).toEqual([['garden/0', 'garden/1'], 0]);
  });

  it('handles so many conversations at once, however many are followed', async () => {
    const logs = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`c${index}`, 2]));
    const held = heldHandlers();
    const world = await workerWorld({ logs, concurrency: 3, handle: held.handle });
    await world.time.advance(5_000);

    expect(held.waiting).toBe(3);
    expect(world.stats).toMatchObject({ inFlight: 3, conversations: 50 });
    for (let turn = 0; turn < 100; turn += 1) await held.release();

    expect(world.stats).toMatchObject({ handled: 100, inFlight: 0, lag: 0 });
    // Each has its turn before any has its second.
    expect(new Set(world.handled.slice(0, 50)).size).toBe(50);
    expect(world.handled.slice(0, 50).every((key) => key.endsWith('/0'))).toBe(true);
  });

  it('reads no further ahead than two pages of a slow handler', async () => {
    const held = heldHandlers();
    const world = await workerWorld({ logs: { garden: 1_000 }, handle: held.handle });

    await world.time.advance(60_000);
    const pagesBefore = world.backend.calls.filter((call) => call.endsWith('/events')).length;
    for (let turn = 0; turn < 10; turn += 1) await held.release();

    expect(pagesBefore).toBe(2);
    expect(world.handled).toHaveLength(11);
  });

  it('tries again with a delay, while others go on', async () => {
    const attempts: number[] = [];
    const world = await workerWorld({
      logs: { garden: 2, pond: 3 },
      concurrency: 1,
      retry: { initialDelayMs: 100, maxDelayMs: 1_000, maxAttempts: 3 },
      handle: ({ conversationId, conversationEventId }, { attempt }) => {
        if (conversationId !== 'garden' || conversationEventId !== 0) return;
        attempts.push(attempt);
        if (attempt < 3) throw boom;
      },
    });

    expect(world.handled).toEqual(['garden/0', ...keys('pond', 0, 2)]);
    await world.time.advance(99);
    expect(attempts).toEqual([1]);
    await world.time.advance(1);
    expect(attempts).toEqual([1, 2]);
    await world.time.advance(200);

    expect(attempts).toEqual([1, 2, 3]);
    expect(world.handled.slice(-2)).toEqual(['garden/0', 'garden/1']);
    expect(world.stats).toMatchObject({ handled: 5, retried: 2 });
  });

  it('stops waiting for an attempt when it is stopped', async () => {
    const world = await workerWorld({
      logs: { garden: 2 },
      retry: { initialDelayMs: 60_000, maxDelayMs: 60_000 },
      handle: () => throwError(() => boom),
      clientOptions: { lingerMs: 0 },
    });

    await world.run.stop();
    await world.client.close();

    expect(await world.cursorOf('garden')).toBeUndefined();
    expect(world.time.pending).toBe(0);
  });

  it('passes what deadLetter has taken', async () => {
    const letters: unknown[] = [];
    const world = await workerWorld({
      logs: { garden: 3 },
      retry: { maxAttempts: 1 },
      handle: ({ conversationEventId }) => (conversationEventId === 1 ? Promise.reject(boom) : undefined),
      deadLetter: ({ conversationEventId }, error) => void letters.push([conversationEventId, error]),
    });

    expect(letters).toEqual([[1, boom]]);
    expect(await world.cursorOf('garden')).toBe(2);
  });

  it('stops where nobody takes it, before it, and lets others finish', async () => {
    const held = heldHandlers();
    const world = await workerWorld({
      logs: { garden: 3, pond: 1 },
      retry: { maxAttempts: 1 },
      handle: ({ conversationId, conversationEventId }) => {
        if (conversationId === 'pond') return held.handle();
        return conversationEventId === 1 ? Promise.reject(boom) : undefined;
      },
    });
    await held.release();

    await expect(world.run.done).rejects.toBe(boom);
    expect([await world.cursorOf('garden'), await world.cursorOf('pond')]).toEqual([0, 0]);
  });

  it('passes over what has no type and what does not exist, and remembers it', async () => {
    const world = await workerWorld({ logs: { garden: 1 } });
    world.backend.logs.set('garden', [sent(0), deletedMessage(1), sent(4), deletedMessage(5)]);
    world.receive(sent(4));
    await world.time.advance(10_000);

    expect(world.handled).toEqual(['garden/0', 'garden/4']);
    expect(await world.cursorOf('garden')).toBe(5);
    expect(world.stats?.lag).toBe(0);
  });

  it('tells how much lies ahead', async () => {
    const held = heldHandlers();
    const world = await workerWorld({ logs: { garden: 5 }, handle: held.handle });

    expect(world.stats?.lag).toBe(5);
    await held.release();
    expect(world.stats?.lag).toBe(4);
  });

  it('closes the store when it is over, after the last commit', async () => {
    const told: string[] = [];
    const store = memoryCursorStore();
    const world = await workerWorld({
      logs: { garden: 1 },
      store: {
        ...store,
        commit: async (batch) => {
          await store.commit(batch);
          told.push('commit');
        },
        close: () => {
          told.push('close');
          return Promise.resolve();
        },
      },
    });

    await world.run.stop();

    expect(told).toEqual(['commit', 'close']);
  });

  it.each<[string, Partial<CursorStore>]>([
    ['loaded', { load: () => Promise.reject(boom) }],
    ['committed to', { commit: () => Promise.reject(boom) }],
    ['closed', { close: () => Promise.reject(boom) }],
  ])('fails with a store that cannot be %s', async (_what, broken) => {
    const world = await workerWorld({
      logs: { garden: 3 },
      store: { ...memoryCursorStore(), ...broken },
    });

    await world.run.stop();
    await expect(world.run.done).rejects.toBe(boom);
  });

  it('leaves no timer behind a store that fails at the end', async () => {
    const world = await workerWorld({
      logs: { garden: 1 },
      store: { ...memoryCursorStore(), close: () => Promise.reject(boom) },
    });

    await world.run.stop();
    await world.client.close();

    expect(world.time.pending).toBe(0);
  });

  it('takes a store that is done at once', async () => {
    const kept = new Map<string, number>();
    // As a store in JavaScript may do it.
    const store = {
      load: () => kept,
      commit: (batch: ReadonlyMap<string, number>) => {
        for (const [id, position] of batch) kept.set(id, position);
      },
      close: () => undefined,
    } as unknown as CursorStore;
    const world = await workerWorld({ logs: { garden: 3 }, store });

    await world.run.stop();

    expect(kept).toEqual(new Map([['garden', 2]]));
    await expect(world.run.done).resolves.toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['an object', { garden: 1 }],
    ['a list', [['garden', 1]]],
    ['texts, as databases give them for large numbers', new Map([['garden', '1']])],
    ['a number that is none', new Map([['other', NaN]])],
    ['a number below -1', new Map([['garden', -2]])],
    ['an id that is no string', new Map([[7, 1]])],
  ])('fails with a store that loads %s, and handles nothing', async (_what, loaded) => {
    const world = await workerWorld({
      logs: { garden: 3 },
      store: { ...memoryCursorStore(), load: () => Promise.resolve(loaded as ReadonlyMap<string, number>) },
    });

    await world.run.stop();
    await expect(world.run.done).rejects.toThrow(
      'load() of the cursor store must give a Map from conversation ids to whole numbers of at least -1.',
    );
    expect(world.handled).toEqual([]);
  });

  it('handles no further than a thousand events ahead of a store that does not answer', async () => {
    const world = await workerWorld({
      logs: { garden: 3_000 },
      store: { ...memoryCursorStore(), commit: () => new Promise(() => undefined) },
      clientOptions: { history: { pageSize: 1_000 } },
    });
    await world.time.advance(1_000);

    expect(world.handled).toHaveLength(1_000);
  });
});

describe('startAt now', () => {
  it('handles only what comes from now on, and a restart goes on there', async () => {
    const store = memoryCursorStore();
    const first = await workerWorld({ logs: { garden: 5 }, startAt: 'now', store });
    await first.time.advance(5_000);
    await first.run.stop();

    const second = await workerWorld({ logs: { garden: 7 }, startAt: 'now', store });
    await second.time.advance(5_000);

    expect([first.handled, second.handled]).toEqual([[], ['garden/5', 'garden/6']]);
  });

  it('remembers the start of a conversation that was empty', async () => {
    const store = memoryCursorStore();
    const first = await workerWorld({ logs: { garden: 0 }, startAt: 'now', store });
    await first.time.advance(5_000);
    await first.run.stop();

    const second = await workerWorld({ logs: { garden: 2 }, startAt: 'now', store });
    await second.time.advance(5_000);

    expect(second.handled).toEqual(['garden/0', 'garden/1']);
  });
});

describe('a discontinuity', () => {
  /** The server says that 0 to 4 are there, and never shows 2. */
  const withoutTwo = async (options: Partial<WorkerOptions>) => {
    const world = await workerWorld({
      logs: { garden: 2 },
      clientOptions: { history: { holeGraceMs: 100_000, maxGapWaitMs: 1_000 } },
      ...options,
    });
    for (const position of [3, 4]) world.receive(sent(position));
    await world.time.advance(60_000);
    return world;
  };

  it('is passed by default', async () => {
    const world = await withoutTwo({});

    expect(world.handled).toEqual(['garden/0', 'garden/1', 'garden/3', 'garden/4']);
    expect(await world.cursorOf('garden')).toBe(4);
  });

  it('stops a run that was told so, after what comes before it', async () => {
    const world = await withoutTwo({ onDiscontinuity: 'stop' });

    await expect(world.run.done).rejects.toMatchObject({
      name: 'DiscontinuityError',
      conversationId: 'garden',
      discontinuity: { from: 2, to: 2, reason: 'unresolved' },
    });
    expect(world.handled).toEqual(['garden/0', 'garden/1']);
    expect(await world.cursorOf('garden')).toBe(1);
  });

  it('is never passed by the cursor, also when the handler is slow', async () => {
    const held = heldHandlers();
    const world = await withoutTwo({ onDiscontinuity: 'stop', handle: held.handle });
    expect(world.handled).toEqual(['garden/0']);
    for (let turn = 0; turn < 4; turn += 1) await held.release();

    await expect(world.run.done).rejects.toMatchObject({ name: 'DiscontinuityError' });
    expect(world.handled).toEqual(['garden/0', 'garden/1']);
    expect(await world.cursorOf('garden')).toBe(1);
  });

  it('is told to a function, which decides', async () => {
    const told: unknown[] = [];
    const world = await withoutTwo({
      onDiscontinuity: (id, discontinuity) => {
        told.push([id, discontinuity]);
        return 'continue';
      },
    });

    expect(told).toEqual([['garden', { from: 2, to: 2, reason: 'unresolved' }]]);
    expect(world.handled).toContain('garden/4');
  });
});

describe('conversations', () => {
  it('of an Observable are followed and left as it says', async () => {
    const ids$ = new BehaviorSubject<readonly string[]>(['garden']);
    const world = await workerWorld({ conversations: ids$ });
    for (const id of ['garden', 'pond']) world.backend.logs.set(id, logOf(1, id));
    await world.time.advance(1_000);
    ids$.next(['pond', 'pond']);
    await world.time.advance(1_000);
    world.receive(sent(1, 'garden'));
    world.receive(sent(1, 'pond'));
    await world.time.advance(1_000);
    expect(world.handled).toEqual(['garden/0', 'pond/0', 'pond/1']);
    expect(world.stats?.conversations).toBe(1);

    ids$.next(['pond', 'garden']);
    world.backend.logs.set('garden', logOf(2, 'garden'));
    await world.time.advance(1_000);

    expect(world.handled.slice(3)).toEqual(['garden/1']);
  });

  it('of an Observable that does not repeat itself are followed, however long the cursors take', async () => {
    const ids$ = new Subject<readonly string[]>();
    const world = clientWorld();
    world.backend.logs.set('pond', logOf(1, 'pond'));
    let giveCursors = (): void => undefined;
    const store: CursorStore = {
      ...memoryCursorStore(),
      load: () =>
        new Promise((resolve) => {
          giveCursors = () => {
            resolve(new Map());
          };
        }),
    };
    const handled: string[] = [];
    const run = beginWorker(
      {
        client: world.client,
        conversations: ids$,
        store,
        handle: (_event, { key }) => {
          handled.push(key);
        },
      },
      { scheduler: world.time.scheduler },
    );

    ids$.next(['garden']);
    await settled();
    ids$.next(['pond']);
    giveCursors();
    await settled();
    world.open();
    await world.time.advance(1_000);
    expect(handled).toEqual(['pond/0']);

    await run.stop();
    expect(ids$.observed).toBe(false);
  });

  it('of an Observable are let go of by a run that never began', async () => {
    const ids$ = new Subject<readonly string[]>();
    const { client } = clientWorld();
    const run = runWorker({
      client,
      conversations: ids$,
      handle: () => undefined,
      signal: AbortSignal.abort(),
    });

    await run.done;

    expect(ids$.observed).toBe(false);
  });

  it('that are left while they are handled are committed, and never worked on twice at once', async () => {
    const ids$ = new BehaviorSubject<readonly string[]>(['garden']);
    const held = heldHandlers();
    const world = await workerWorld({ conversations: ids$, handle: held.handle });
    world.backend.logs.set('garden', logOf(2, 'garden'));
    await world.time.advance(1_000);
    ids$.next([]);
    ids$.next(['garden']);
    await world.time.advance(1_000);
    expect(world.handled).toEqual(['garden/0']);

    await held.release();
    await world.time.advance(1_000);

    expect(world.handled).toEqual(['garden/0', 'garden/1']);
    expect(await world.cursorOf('garden')).toBe(0);
  });

  it('of a list that have all ended end the run', async () => {
    const world = await workerWorld({ logs: { garden: 1 } });

    world.receive(deleted());
    await world.time.advance(1_000);

    await expect(world.run.done).resolves.toBeUndefined();
  });

  it('that cannot be found leave the others alone, and fail the run in the end', async () => {
    const world = await workerWorld({ logs: { garden: 1 }, conversations: ['nowhere', 'garden'] });
    await world.time.advance(10_000);
    expect(world.handled).toEqual(['garden/0']);
    expect(world.stats?.conversations).toBe(1);

    world.receive(deleted());
    await world.time.advance(1_000);

    await expect(world.run.done).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that cannot be found are told to whoever wants to know', async () => {
    const told: [string, string][] = [];
    const world = await workerWorld({
      logs: {},
      conversations: ['nowhere'],
      onConversationError: (id: string, { code }: ComapiError) => void told.push([id, code]),
    });
    await world.time.advance(10_000);

    await expect(world.run.done).resolves.toBeUndefined();
    expect(told).toEqual([['nowhere', 'not-found']]);
  });

  it('that an Observable fails for fail the run', async () => {
    const world = await workerWorld({ conversations: throwError(() => boom) });

    await expect(world.run.done).rejects.toBe(boom);
  });

  it('with an id that cannot be sent fail the run, or the call', async () => {
    const world = await workerWorld({ conversations: of(['']) });

    await expect(world.run.done).rejects.toThrow(RangeError);
    await expect(workerWorld({ conversations: [''] })).rejects.toThrow(RangeError);
  });
});

describe('the end of a run', () => {
  it('comes with the verdict that ends the line', async () => {
    const world = await workerWorld({ logs: { garden: 1 }, clientOptions: { reconnect: false } });

    world.line.last().close(1006);
    await settled();

    await expect(world.run.done).rejects.toMatchObject({ code: 'retries-exhausted' });
  });

  it('comes with close(), for a list that may still change too', async () => {
    const world = await workerWorld({ conversations: NEVER });

    await world.client.close();

    await expect(world.run.done).resolves.toBeUndefined();
  });

  it('lets go of the line', async () => {
    const world = await workerWorld({ logs: { garden: 30 }, clientOptions: { lingerMs: 0 } });

    await world.run.stop();
    await world.time.advance(0);

    expect(world.client.status.state).toBe('idle');
    expect(world.time.pending).toBe(0);
    expect(watch(world.run.stats$).values).toMatchObject([{ conversations: 0, handled: 30 }]);
  });

  it('is not put off by a store that hangs, beyond a last second after the time given', async () => {
    const hung: CursorStore = { ...memoryCursorStore(), commit: () => new Promise(() => undefined) };
    const world = await workerWorld({ logs: { garden: 3 }, store: hung });
    let isOver = false;
    void world.run.done.finally(() => {
      isOver = true;
    });

    void world.run.stop({ timeoutMs: 3_000 });
    await world.time.advance(2_900);
    expect(isOver).toBe(false);
    await world.time.advance(200);

    expect(isOver).toBe(true);
    expect(world.handled).toEqual(keys('garden', 0, 2));
  });

  it('is at once for a client that is closed', async () => {
    const { client } = clientWorld();
    await client.close();

    const run = runWorker({ client, conversations: ['garden'], handle: () => undefined });

    await expect(run.done).resolves.toBeUndefined();
  });
});

describe('options', () => {
  const { client } = clientWorld();
  const good = { client, conversations: ['garden'], handle: () => undefined };

  it.each<[string, unknown]>([
    ['no client', { ...good, client: undefined }],
    ['no conversations', { ...good, conversations: undefined }],
    ['conversations that are one string', { ...good, conversations: 'yours' }],
    ['an id that is no string', { ...good, conversations: [7] }],
    ['a client that is none', { ...good, client: {} }],
    ['a store that is none', { ...good, store: {} }],
    ['a start that is none', { ...good, startAt: 'end' }],
    ['a word for discontinuities that is none', { ...good, onDiscontinuity: 'ignore' }],
    ['no handler', { ...good, handle: undefined }],
  ])('are refused at the call: %s', (_what, options) => {
    // Callers without types are refused too.
    expect(() => runWorker(options as WorkerOptions)).toThrow(TypeError);
  });
});
