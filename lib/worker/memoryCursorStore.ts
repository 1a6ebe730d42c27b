import type { CursorStore } from './CursorStore.js';
import { CURSOR_MAP, isCursorMap } from './isCursorMap.js';

/**
 * Keeps cursors for as long as the process lives, also over several runs.
 *
 * @example
 * ```ts
 * import { memoryCursorStore } from 'comapi-rx/worker';
 *
 * const store = memoryCursorStore();
 * await store.commit(new Map([['garden', 7]]));
 * await store.commit(new Map([['garden', 5]]));
 *
 * assert.deepEqual([...(await store.load())], [['garden', 7]]);
 * ```
 */
export const memoryCursorStore = (): CursorStore => {
  const cursors = new Map<string, number>();
  return {
    load: () => Promise.resolve(new Map(cursors)),
    commit: (batch) => {
      if (!isCursorMap(batch)) return Promise.reject(new RangeError(`A batch must be ${CURSOR_MAP}.`));
      for (const [id, position] of batch) cursors.set(id, Math.max(position, cursors.get(id) ?? -1));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
};
