import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CursorStore } from '../../lib/worker/CursorStore.js';

/** One place where cursors are kept, and a way to open a store on it. */
export interface CursorPlace {
  open(): CursorStore;
  /** Whether the cursors of one store are there for the next one, opened after it was closed. */
  readonly survives: boolean;
}

const ODD_IDS = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'a/b',
  '..',
  'ключ',
  '会話 🐈',
  '\u0000',
  '\ud800',
  '!',
  '~',
];

/** What every cursor store keeps to. `place` is called once for each test. */
export const cursorStoreContract = (place: () => CursorPlace): void =>
  describe('as a cursor store', () => {
    const contents = async (store: CursorStore): Promise<readonly (readonly [string, number])[]> =>
      [...(await store.load())].sort();

    it('is empty at first', async () => {
      const store = place().open();

      expect(await contents(store)).toEqual([]);
      await store.close();
    });

    it('gives back what was committed', async () => {
      const store = place().open();
      await store.load();

      await store.commit(new Map([['a', 0]]));
      await store.commit(
        new Map([
          ['a', 1],
          ['b', Number.MAX_SAFE_INTEGER],
        ]),
      );

      expect(await contents(store)).toEqual([
        ['a', 1],
        ['b', Number.MAX_SAFE_INTEGER],
      ]);
      await store.close();
    });

    it('never moves a cursor back', async () => {
      const store = place().open();
      await store.load();

      await store.commit(new Map([['a', 7]]));
      await store.commit(new Map([['a', 3]]));

      expect(await contents(store)).toEqual([['a', 7]]);
      await store.close();
    });

    it('never moves a cursor back, also when nobody has loaded it', async () => {
      const at = place();
      const first = at.open();
      await first.commit(new Map([['a', 7]]));
      await first.close();
      const store = at.survives ? at.open() : first;

      await store.commit(new Map([['a', 3]]));

      expect(await contents(store)).toEqual([['a', 7]]);
      await store.close();
    });

    it.each([NaN, Infinity, 1.5, -2, '7'])(
      'refuses %p for a position, and keeps what it has',
      async (position) => {
        const at = place();
        const first = at.open();
        await first.commit(new Map([['a', 1]]));

        // Callers without types are refused too.
        const batch = new Map([
          ['a', position],
          ['b', 2],
        ]) as ReadonlyMap<string, number>;
        await expect(first.commit(batch)).rejects.toThrow(RangeError);
        await first.close();
        const next = at.survives ? at.open() : first;

        expect(await contents(next)).toEqual([['a', 1]]);
        await next.close();
      },
    );

    it('takes an empty batch', async () => {
      const store = place().open();

      await store.commit(new Map());

      expect(await contents(store)).toEqual([]);
      await store.close();
    });

    it.each(ODD_IDS)('takes any string as an id: %j', async (id) => {
      const store = place().open();
      await store.load();
      await store.commit(new Map([['neighbour', 1]]));
      await store.commit(new Map([[id, 5]]));

      expect(new Map(await store.load())).toEqual(
        new Map([
          ['neighbour', 1],
          [id, 5],
        ]),
      );
      await store.close();
    });

    it('keeps the highest of each, whatever is committed in whatever order', async () => {
      const store = place().open();
      const highest = new Map<string, number>();
      await store.load();

      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.tuple(fc.oneof(fc.constantFrom(...ODD_IDS), fc.string({ unit: 'binary' })), fc.maxSafeNat()),
          ),
          async (cursors) => {
            const batch = new Map(cursors);
            await store.commit(batch);
            for (const [id, position] of batch) highest.set(id, Math.max(position, highest.get(id) ?? -1));

            expect(new Map(await store.load())).toEqual(highest);
          },
        ),
        { numRuns: 30 },
      );
      await store.close();
    });

    it('is not changed by what becomes of a batch or of what it gave', async () => {
      const store = place().open();
      const batch = new Map([['a', 1]]);
      await store.commit(batch);
      batch.set('a', 9);
      const loaded = await store.load();
      if (loaded instanceof Map) loaded.set('a', 10);

      expect(await contents(store)).toEqual([['a', 1]]);
      await store.close();
    });

    it('can be closed twice, and used again', async () => {
      const store = place().open();
      await store.commit(new Map([['a', 1]]));

      await store.close();
      await store.close();
      await store.commit(new Map([['a', 2]]));

      expect(await contents(store)).toEqual([['a', 2]]);
      await store.close();
    });

    it('keeps its cursors when it is closed', async () => {
      const at = place();
      const first = at.open();
      await first.commit(new Map([['a', 1]]));
      await first.close();
      const next = at.survives ? at.open() : first;

      expect(await contents(next)).toEqual([['a', 1]]);
      await next.close();
    });
  });
