import { concatMap, defer, filter, from, map, type OperatorFunction } from 'rxjs';
import type { CursorStore } from './CursorStore.js';

/** An event that has settled. */
export interface Settled {
  readonly conversationId: string;
  /** Its `conversationEventId`. */
  readonly position: number;
}

/**
 * Commits the position of every event that has settled, and says what has become durable.
 *
 * While one commit is under way, what settles is gathered; all of it is the next commit. So a slow store gets
 * few commits, not many, and of each conversation only the highest position.
 *
 *     settled:   -a1-a2-b1-a3---|
 *     commit:     a1---- (a2 b1 a3)----
 *     result:    ------a1--------------(a3,b1)|
 *
 * @example
 * ```ts
 * import { lastValueFrom, of, toArray } from 'rxjs';
 * import { committedTo, memoryCursorStore } from 'comapi-rx/worker';
 *
 * const store = memoryCursorStore();
 * const settled$ = of(
 *   { conversationId: 'garden', position: 1 },
 *   { conversationId: 'garden', position: 2 }, // the first commit is under way: these two wait for it
 *   { conversationId: 'kitchen', position: 7 },
 * );
 *
 * const batches = await lastValueFrom(settled$.pipe(committedTo(store), toArray()));
 * assert.deepEqual(
 *   batches.map((batch) => [...batch]),
 *   [[['garden', 1]], [['garden', 2], ['kitchen', 7]]],
 * );
 * assert.deepEqual([...(await store.load())], [['garden', 2], ['kitchen', 7]]);
 * ```
 *
 * @returns An operator. The result emits the batch of each commit when it is durable, errors when the source or
 * the store does, and completes when the source has completed and the last batch is durable.
 * @see inOrderPerKey, which lets events settle in order, as this needs it.
 */
export const committedTo =
  (store: Pick<CursorStore, 'commit'>): OperatorFunction<Settled, ReadonlyMap<string, number>> =>
  (settled$) =>
    defer(() => {
      let gathered = new Map<string, number>();

      return settled$.pipe(
        // The first of a batch calls for its commit. What gathers while that waits for its turn goes with it.
        filter(({ conversationId, position }) => {
          const isFirst = gathered.size === 0;
          gathered.set(conversationId, Math.max(position, gathered.get(conversationId) ?? -1));
          return isFirst;
        }),
        concatMap(() => {
          const batch: ReadonlyMap<string, number> = gathered;
          gathered = new Map();
          return from(store.commit(batch)).pipe(map(() => batch));
        }),
      );
    });
