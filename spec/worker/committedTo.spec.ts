import { describe, expect, it } from '@jest/globals';
import { map, of, pipe, Subject } from 'rxjs';
import { committedTo, type Settled } from '../../lib/worker/committedTo.js';
import { obeysOperatorLaws } from '../support/obeysOperatorLaws.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

type Batch = ReadonlyMap<string, number>;

/** A store whose commits end when the test says so. */
const slowStore = () => {
  const batches: Batch[] = [];
  const waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];
  return {
    batches,
    commit: (batch: Batch) => {
      batches.push(new Map(batch));
      return new Promise<void>((resolve, reject) => {
        waiting.push({ resolve, reject });
      });
    },
    finish: async () => {
      waiting.shift()?.resolve();
      await settled();
    },
    fail: async (error: unknown) => {
      waiting.shift()?.reject(error);
      await settled();
    },
  };
};

const at = (conversationId: string, position: number): Settled => ({ conversationId, position });

// Virtual time knows no promises. An Observable does where only `from` looks at it.
const atOnce = { commit: () => of(undefined) as unknown as Promise<void> };

describe('committedTo', () => {
  obeysOperatorLaws(
    () =>
      pipe(
        map((letter: string) => at(letter, 1)),
        committedTo(atOnce),
        map((batch) => [...batch.keys()][0]),
      ),
    'a',
  );

  it('gathers what settles while a commit is under way, and keeps the highest', async () => {
    const store = slowStore();
    const source = new Subject<Settled>();
    const result = watch(source.pipe(committedTo(store)));

    for (const event of [at('a', 1), at('a', 2), at('b', 1), at('a', 3)]) source.next(event);
    expect(store.batches).toEqual([new Map([['a', 1]])]);
    expect(result.values).toEqual([]);
    await store.finish();

    expect(result.values).toEqual([new Map([['a', 1]])]);
    expect(store.batches).toEqual([
      new Map([['a', 1]]),
      new Map([
        ['a', 3],
        ['b', 1],
      ]),
    ]);
  });

  it('takes any number that settle during one commit', async () => {
    const store = slowStore();
    const source = new Subject<Settled>();
    const result = watch(source.pipe(committedTo(store)));

    for (let position = 0; position < 50_000; position += 1) source.next(at('a', position));
    source.complete();
    await store.finish();
    await store.finish();

    expect(result.values).toEqual([new Map([['a', 0]]), new Map([['a', 49_999]])]);
    expect(result.end).toBe('completed');
  });

  it('completes only when the last batch is durable', async () => {
    const store = slowStore();
    const source = new Subject<Settled>();
    const result = watch(source.pipe(committedTo(store)));

    source.next(at('a', 1));
    source.next(at('a', 2));
    source.complete();
    await store.finish();
    expect(result.end).toBeUndefined();
    await store.finish();

    expect(result.end).toBe('completed');
    expect(store.batches).toHaveLength(2);
  });

  it('errors with the store, and commits nothing after it', async () => {
    const store = slowStore();
    const source = new Subject<Settled>();
    const boom = new Error('disk full');
    const result = watch(source.pipe(committedTo(store)));

    source.next(at('a', 1));
    source.next(at('a', 2));
    await store.fail(boom);

    expect(result.error).toBe(boom);
    expect(store.batches).toHaveLength(1);
  });
});
