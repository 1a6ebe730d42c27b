import { asyncScheduler, defer, firstValueFrom, type SchedulerLike } from 'rxjs';
import { checkKinds, having, oneOf } from '../fault/checkKinds.js';
import { limitConcurrency } from '../stream/limitConcurrency.js';
import { createCommitter } from './createCommitter.js';
import type { CursorStore } from './CursorStore.js';
import type { Delivery } from './Delivery.js';
import type { HandlingOptions } from './HandlingOptions.js';
import { handlingSettings } from './handlingSettings.js';
import { loadCursors } from './loadCursors.js';
import { memoryCursorStore } from './memoryCursorStore.js';
import { openLane } from './openLane.js';
import { pullEach } from './pullEach.js';
import {
  CONVERSATIONS,
  type ConversationsOptions,
  type OnDiscontinuity,
  runConversations,
} from './runConversations.js';
import { settleWith } from './settleWith.js';
import type { WorkerRun } from './WorkerRun.js';

export interface WorkerOptions extends HandlingOptions, ConversationsOptions {
  /** Where cursors are stored; closed when the run is over. Default: in memory, until the run ends. */
  readonly store?: CursorStore;
  /** Where a conversation without a cursor begins. Default: `'beginning'`. */
  readonly startAt?: 'beginning' | 'now';
  /**
   * What to do when events exist but history does not provide them. `'stop'`: everything before them is handled, then
   * `done` rejects with a `DiscontinuityError`, and the cursor stays before them. A function is told and returns one
   * of the two. Default: `'continue'`.
   */
  readonly onDiscontinuity?: OnDiscontinuity;
}

/**
 * Handles every message event of many conversations, each at least once, in order within its conversation.
 *
 * `concurrency` conversations are handled at a time, and each is read as fast as it is handled. The cursor of a
 * conversation is committed after the handler has settled. So after a crash the events that were not committed come
 * again, always with the same `context.key`: `conversationId/conversationEventId`.
 *
 * @example
 * ```ts
 * import { createClient } from 'comapi-rx';
 * import { nodeWebSocket } from 'comapi-rx/node';
 * import { startServer } from 'comapi-rx/server';
 * import { memoryCursorStore, runWorker } from 'comapi-rx/worker';
 * import { filter, firstValueFrom } from 'rxjs';
 *
 * const server = await startServer();
 * const garden = server.createConversation({ participants: ['archivist', 'bob'] });
 * const { apiSpaceId, urlBase, webSocketBase } = server;
 * const store = memoryCursorStore();
 * const archive: string[] = [];
 *
 * const work = async (): Promise<void> => {
 *   const client = createClient({
 *     ...{ apiSpaceId, urlBase, webSocketBase, webSocketCtor: nodeWebSocket() },
 *     getToken: () => server.issueToken('archivist'),
 *   });
 *   const run = runWorker({
 *     client,
 *     conversations: 'mine',
 *     store,
 *     handle: async (_event, { key }) => void archive.push(key),
 *   });
 *   await firstValueFrom(run.stats$.pipe(filter(({ handled, lag }) => handled > 0 && lag === 0)));
 *   await run.stop();
 *   await client.close();
 * };
 *
 * server.publish(garden, { from: 'bob', text: 'The roses are out.' });
 * await work();
 * server.publish(garden, { from: 'bob', text: 'The worker was not there.' });
 * await work();
 *
 * assert.deepEqual(archive, [`${garden}/0`, `${garden}/1`]);
 * await server.close();
 * ```
 *
 * @returns The run. It begins after this call, so a subscriber to `stats$` sees it from the first event on.
 * @throws TypeError or RangeError for options that can only be a mistake.
 */
export const runWorker = (options: WorkerOptions): WorkerRun => beginWorker(options);

/** What a test cannot wait for. */
export interface WorkerSeams {
  readonly scheduler?: SchedulerLike;
  readonly random?: () => number;
}

/** {@link runWorker} with a clock and dice of one's own. */
export const beginWorker = (
  options: WorkerOptions,
  { scheduler = asyncScheduler, random = Math.random }: WorkerSeams = {},
): WorkerRun => {
  const handling = handlingSettings(options);
  checkKinds(options, WORKER);
  const { store = memoryCursorStore(), startAt } = options;
  const committer = createCommitter(store);

  return runConversations({
    options,
    begin: async ({ stopping, stats, breakOff, over }) => {
      const cursors = await loadCursors(store);
      const settle = settleWith({ handling, stats, breakOff, over, random });
      const limited = limitConcurrency(handling.concurrency);
      // Those that wait for a place when the run is stopped stay where they are.
      const settleInTurn = (delivery: Delivery): Promise<void> =>
        firstValueFrom(limited(defer(async () => (stopping.aborted ? undefined : settle(delivery)))), {
          defaultValue: undefined,
        });

      return async ({ conversation, signal, judge, onLane }) => {
        const { id } = conversation;
        const lane = openLane({
          conversation,
          after: cursors.get(id) ?? (startAt === 'now' ? 'now' : -1),
          signal,
          lost: over,
          commit: (position) => {
            cursors.set(id, position);
            return committer.settled({ conversationId: id, position });
          },
          judge,
          changed: stats.changed,
          scheduler,
        });
        onLane(lane);
        await pullEach(lane.deliveries, { atOnce: 1, until: signal, each: settleInTurn });
      };
    },
    failed: committer.failed,
    finish: async () => {
      try {
        await committer.finish();
      } finally {
        await store.close();
      }
    },
    signal: handling.signal,
    scheduler,
    random,
  });
};

const WORKER = {
  ...CONVERSATIONS,
  store: having('a cursor store, with load(), commit() and close()', 'load', 'commit', 'close'),
  startAt: oneOf('beginning', 'now'),
};
