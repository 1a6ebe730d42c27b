import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import { beginWorker, type WorkerOptions } from '../../lib/worker/runWorker.js';
import type { CursorStore } from '../../lib/worker/CursorStore.js';
import { memoryCursorStore } from '../../lib/worker/memoryCursorStore.js';
import type { WorkerRun, WorkerStats } from '../../lib/worker/WorkerRun.js';
import { clientWorld, type ClientWorld } from '../support/clientWorld.js';
import { sent } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

/** A worker whose every seam ends in this process. */
export interface WorkerWorld extends ClientWorld {
  readonly run: WorkerRun;
  readonly store: CursorStore;
  /** `'garden/0'` and so on, in the order in which handlers were called. */
  readonly handled: readonly string[];
  /** What the store was given, in order. */
  readonly commits: readonly ReadonlyMap<string, number>[];
  readonly stats: WorkerStats | undefined;
  /** What is committed for this conversation. */
  cursorOf(conversationId: string): Promise<number | undefined>;
}

export interface WorkerWorldOptions extends Partial<WorkerOptions> {
  readonly clientOptions?: Partial<ClientOptions>;
  readonly respond?: ClientWorld['backend']['respond'];
  /** How many messages the log of each conversation begins with. */
  readonly logs?: Readonly<Record<string, number>>;
}

/** Messages 0 to count - 1 of a conversation. */
export const logOf = (count: number, conversationId = 'garden') =>
  Array.from({ length: count }, (_, position) => sent(position, conversationId));

/** A worker that has begun, on a line that is open. */
export const workerWorld = async ({
  clientOptions,
  logs = {},
  respond = () => undefined,
  store = memoryCursorStore(),
  handle,
  ...options
}: WorkerWorldOptions = {}): Promise<WorkerWorld> => {
  const world = clientWorld({ history: { pageSize: 10 }, ...clientOptions });
  for (const [id, count] of Object.entries(logs)) world.backend.logs.set(id, logOf(count, id));
  world.backend.respond = respond;
  const handled: string[] = [];
  const commits: ReadonlyMap<string, number>[] = [];

  const run = beginWorker(
    {
      client: world.client,
      conversations: Object.keys(logs),
      ...options,
      store: {
        ...store,
        commit: (batch) => {
          commits.push(new Map(batch));
          return store.commit(batch);
        },
      },
      handle: (event, context) => {
        handled.push(context.key);
        return handle?.(event, context);
      },
    },
    { scheduler: world.time.scheduler, random: () => 1 },
  );
  const stats = watch(run.stats$);
  await settled();
  if (world.liveSockets > 0) world.open();
  await world.time.advance(0);

  return {
    ...world,
    run,
    store,
    handled,
    commits,
    get stats() {
      return stats.values.at(-1);
    },
    cursorOf: async (id: string) => (await store.load()).get(id),
    // These two are looked at when they are asked for.
    get states() {
      return world.states;
    },
    get liveSockets() {
      return world.liveSockets;
    },
  };
};
