import type { SchedulerLike } from 'rxjs';
import type { Delivery } from './Delivery.js';
import type { HandlingOptions } from './HandlingOptions.js';
import { handlingSettings } from './handlingSettings.js';
import { pullEach } from './pullEach.js';
import type { Gauges } from './runStats.js';
import { settleWith } from './settleWith.js';
import { startRun } from './startRun.js';
import type { WorkerRun } from './WorkerRun.js';

export interface DeliveriesOptions {
  readonly handling: HandlingOptions;
  /**
   * Opens the source: at most `concurrency` deliveries unsettled at once, and at most one of each conversation.
   * Called once; `signal` aborts when nothing further is wanted.
   */
  readonly deliveries: (options: {
    readonly concurrency: number;
    readonly signal: AbortSignal;
  }) => AsyncIterable<Delivery>;
  readonly gauges?: Gauges;
  /** Called once, when all is over. */
  readonly finish?: () => Promise<void>;
  /** The clock of deadlines. Default: the real one. */
  readonly scheduler?: SchedulerLike;
  /** Source of jitter, from 0 up to 1. Default: `Math.random`. */
  readonly random?: () => number;
}

/**
 * Runs the deliveries of one source through a handler.
 *
 * Order is up to the source: it hands out the next event of a conversation when the one before was acknowledged.
 *
 * @example
 * ```ts
 * import { type Delivery, handleDeliveries } from 'comapi-rx/worker';
 *
 * const acknowledged: string[] = [];
 * const delivery = (conversationEventId: number): Delivery => ({
 *   event: {
 *     name: 'conversationMessage.read',
 *     conversationId: 'garden',
 *     conversationEventId,
 *     payload: { messageId: 'm', conversationId: 'garden', profileId: 'ann' },
 *   },
 *   key: `garden/${conversationEventId}`,
 *   attempt: 1,
 *   lost: new AbortController().signal,
 *   ack: async () => void acknowledged.push(`garden/${conversationEventId}`),
 *   retry: async () => undefined,
 * });
 * async function* queue() {
 *   yield delivery(0);
 *   yield delivery(1);
 * }
 *
 * const run = handleDeliveries({
 *   handling: { handle: ({ name }) => name, concurrency: 1 },
 *   deliveries: () => queue(),
 * });
 * await run.done;
 * assert.deepEqual(acknowledged, ['garden/0', 'garden/1']);
 * ```
 *
 * @throws TypeError or RangeError for options that can only be a mistake.
 */
export const handleDeliveries = ({
  handling,
  deliveries,
  random = Math.random,
  ...parts
}: DeliveriesOptions): WorkerRun => {
  const settings = handlingSettings(handling);
  const { concurrency } = settings;
  return startRun({
    ...parts,
    signal: settings.signal,
    work: ({ stopping, ...run }) =>
      pullEach(deliveries({ concurrency, signal: stopping }), {
        atOnce: concurrency,
        until: stopping,
        each: settleWith({ ...run, handling: settings, random }),
      }),
  });
};
