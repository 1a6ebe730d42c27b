import { describe, expect, it } from '@jest/globals';
import { asyncScheduler, EMPTY, map, NEVER, type Observable, of, Subject, throwError, timer } from 'rxjs';
import { iterateLog } from '../../lib/history/iterateLog.js';
import { unfollowed } from '../../lib/history/followLog.js';
import type { LogPage, LogSource } from '../../lib/history/LogSource.js';
import { mergeSettings } from '../../lib/history/mergeSettings.js';
import { type ObservedFeed, observedFeed } from '../../lib/history/observedFeed.js';

/** A log of numbers up to `last`, in pages of ten, that answers at once. */
const numbers = (
  last: number,
  { fetch: given, ...feed }: Partial<ObservedFeed<number> & Pick<LogSource<number>, 'fetch'>> = {},
) => {
  const entries = Array.from({ length: last + 1 }, (_, position) => position);
  const asked: number[] = [];
  const fetch = (_: unknown, from: number, limit: number): Observable<LogPage<number>> => {
    asked.push(from);
    return of({ items: entries.slice(from, from + limit) });
  };
  const source: LogSource<number> = {
    settings: mergeSettings({ pageSize: 10, repollMs: 0 }),
    attach: observedFeed({ live$: NEVER, ...feed }),
    fetch: given ?? fetch,
    positionOf: (item) => item,
    judge: () => 'retry',
    scheduler: asyncScheduler,
    now: () => asyncScheduler.now(),
    random: () => 0.5,
  };
  return { log: unfollowed(source, undefined, -1), entries, asked };
};

const collect = async <A>(items: AsyncIterable<A>): Promise<readonly A[]> => {
  const collected: A[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};

describe('iterateLog', () => {
  it('hands out a whole log, then ends with it', async () => {
    const { log, entries } = numbers(1_000, { live$: EMPTY });
    expect(await collect(iterateLog(log))).toEqual(entries);
  });

  it('starts nothing before the first next', async () => {
    const live$ = new Subject<number>();
    const iterator = iterateLog(numbers(3, { live$ }).log);
    expect(live$.observed).toBe(false);
    await iterator.next();
    expect(live$.observed).toBe(true);
    await iterator.return?.();
    expect(live$.observed).toBe(false);
  });

  it('ends as a generator does: return() gives back what it is given, throw() rejects with it', async () => {
    const live$ = new Subject<number>();
    const returned = iterateLog(numbers(3, { live$ }).log);
    await returned.next();
    expect(await returned.return?.(Promise.resolve('enough'))).toEqual({ done: true, value: 'enough' });
    expect(await returned.next()).toEqual({ done: true, value: undefined });

    const thrown = iterateLog(numbers(3, { live$ }).log);
    await thrown.next();
    const waiting = [thrown.next(), thrown.next(), thrown.next(), thrown.next()].at(-1);
    const broken = new Error('The consumer is broken.');
    await expect(thrown.throw?.(broken)).rejects.toBe(broken);
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(live$.observed).toBe(false);
  });

  it('asks for the next page only while no more than a page waits', async () => {
    const { log, asked } = numbers(100);
    const iterator = iterateLog(log);
    const askedBy: (readonly number[])[] = [];
    for (const takes of [1, 14, 1, 9, 1]) {
      for (let taken = 0; taken < takes; taken += 1) await iterator.next();
      askedBy.push([...asked]);
    }
    await iterator.return?.();
    // Nineteen wait at first; when five are left, the next ten come.
    expect(askedBy).toEqual([
      [0, 10],
      [0, 10, 20],
      [0, 10, 20],
      [0, 10, 20, 30],
      [0, 10, 20, 30],
    ]);
  });

  it('loses nothing of what comes live while its consumer is slow, and holds none of it', async () => {
    const live$ = new Subject<number>();
    const { log, entries } = numbers(500, { live$ });
    const iterator = iterateLog(log);
    const collected = [(await iterator.next()).value];
    for (let position = 20; position <= 500; position += 1) live$.next(position);
    for (let taken = 0; taken < 500; taken += 1) collected.push((await iterator.next()).value);
    await iterator.return?.();
    expect(collected).toEqual(entries);
  });

  it('waits for what is not there yet, for each caller in turn', async () => {
    const live$ = new Subject<number>();
    const iterator = iterateLog(numbers(-1, { live$ }).log);
    const pulls = [iterator.next(), iterator.next()];
    live$.next(0);
    live$.next(1);
    expect(await Promise.all(pulls)).toEqual([
      { done: false, value: 0 },
      { done: false, value: 1 },
    ]);
    await iterator.return?.();
  });

  it('is let go of by a break', async () => {
    const live$ = new Subject<number>();
    const { log } = numbers(30, { live$ });
    for await (const item of iterateLog(log)) if (item === 3) break;
    expect(live$.observed).toBe(false);
  });

  it('ends for those who wait when it is returned, and stays ended', async () => {
    const live$ = new Subject<number>();
    const iterator = iterateLog(numbers(-1, { live$ }).log);
    const waiting = iterator.next();
    await iterator.return?.();
    const results = [await waiting, await iterator.next()];
    expect(results).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    expect(live$.observed).toBe(false);
  });

  it('never starts when it is returned before', async () => {
    const { log, asked } = numbers(3);
    const iterator = iterateLog(log);
    await iterator.return?.();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(asked).toEqual([]);
  });

  it('ends at once when it is aborted, and drops what waits', async () => {
    const live$ = new Subject<number>();
    const { signal, abort } = aborting();
    const iterator = iterateLog(numbers(30, { live$ }).log, { signal });
    await iterator.next();
    abort();
    expect(live$.observed).toBe(false);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('never starts when it is aborted before', async () => {
    const { signal, abort } = aborting();
    abort();
    const { log, asked } = numbers(30);
    expect(await collect(iterateLog(log, { signal }))).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('lets go of the signal when it ends', async () => {
    const { signal, listeners } = aborting();
    await collect(iterateLog(numbers(5, { live$: EMPTY }).log, { signal }));
    expect(listeners()).toBe(0);
  });

  it('rejects when the log fails, after what waits, and once', async () => {
    const live$ = new Subject<number>();
    const iterator = iterateLog(numbers(2, { live$ }).log);
    const first = await iterator.next();
    live$.error(new Error('over'));
    const rest = [await iterator.next(), await iterator.next()];
    expect([first, ...rest]).toEqual([0, 1, 2].map((value) => ({ done: false, value })));
    await expect(iterator.next()).rejects.toThrow('over');
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('rejects for whoever waits', async () => {
    const fetch = () => timer(1).pipe(map(() => ({ items: [] })));
    const waiting = iterateLog(numbers(0, { fetch, live$: throwError(() => new Error('over')) }).log).next();
    await expect(waiting).rejects.toThrow('over');
  });

  it('hands out only what is wanted', async () => {
    const only = (item: number): item is 2 | 4 => item === 2 || item === 4;
    const { log } = numbers(500, { live$: EMPTY });
    const wanted: readonly (2 | 4)[] = await collect(iterateLog(log, { only }));
    expect(wanted).toEqual([2, 4]);
  });

  it('tells after what it waits, and nothing while an item waits or is in use', async () => {
    const live$ = new Subject<number>();
    const { log } = numbers(5, { live$, connected$: of(true) });
    const iterator = iterateLog(log, { only: (item): item is number => item !== 5 });
    expect(iterator.waitingAfter).toBeUndefined();
    const seen: (number | undefined)[] = [];
    for (let taken = 0; taken < 5; taken += 1) {
      await iterator.next();
      seen.push(iterator.waitingAfter);
    }

    const waiting = iterator.next();
    // Nobody wants 5, which has come all the same.
    seen.push(iterator.waitingAfter);
    live$.next(6);
    seen.push(iterator.waitingAfter);
    await waiting;
    seen.push(iterator.waitingAfter);
    await iterator.return?.();

    expect(seen).toEqual([undefined, undefined, undefined, undefined, undefined, 5, undefined, undefined]);
  });
});

/** An abort signal that knows how many listen to it. */
const aborting = () => {
  const controller = new AbortController();
  const { signal } = controller;
  let count = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    count += 1;
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    count -= 1;
    removeEventListener.apply(signal, args);
  };
  return { signal, abort: () => controller.abort(), listeners: () => count };
};
