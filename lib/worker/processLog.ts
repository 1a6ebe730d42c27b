import { checkKinds, having, type Kind, NAME, required } from '../fault/checkKinds.js';
import type { Delivery } from './Delivery.js';
import type { EventLog } from './EventLog.js';
import { handleDeliveries } from './handleDeliveries.js';
import { handlingSettings } from './handlingSettings.js';
import type { HandlingOptions } from './HandlingOptions.js';
import { holdDeliveries } from './holdDeliveries.js';
import type { WorkerRun } from './WorkerRun.js';

export interface ProcessLogOptions extends HandlingOptions {
  readonly log: EventLog;
  /**
   * Processes of the same group share the work: each event goes to one of them. Every group gets all events. A new
   * group begins with the first event of the log.
   */
  readonly group: string;
}

/**
 * Handles the events of a log, each at least once, in order within a conversation, together with the other processes
 * of the same group.
 *
 * When a processor dies, others get the events that it was handling. The log counts how often an event was handed
 * out, so an event that kills every processor is given up too: after more than `retry.maxAttempts` times it goes to
 * `deadLetter` unhandled, if there is one, and its conversation goes on.
 *
 * A processor that was paused for long may still work on an event when another one gets it. `context.signal` aborts
 * as soon as it runs again; `context.key` is the same for both, so that the effect can be made once.
 *
 * @example
 * ```ts no-run
 * import { connect } from '@nats-io/transport-node';
 * import { jetStreamEventLog, processLog } from 'comapi-rx/worker';
 *
 * const connection = await connect({ servers: 'localhost:4222', maxReconnectAttempts: -1 });
 * const run = processLog({
 *   log: await jetStreamEventLog({ connection, space: 'my-api-space' }),
 *   group: 'archive',
 *   handle: async (event, { key }) => {
 *     await fetch('https://archive.example/events', {
 *       method: 'POST',
 *       headers: { 'Idempotency-Key': key },
 *       body: JSON.stringify(event),
 *     });
 *   },
 *   deadLetter: (event, error) => console.error(event.conversationId, event.conversationEventId, error),
 * });
 * process.once('SIGTERM', () => void run.stop().then(() => connection.close()));
 * await run.done;
 * ```
 *
 * @returns The run. `stats$` counts what this process does; `lag` is how many events it knows to be waiting. Events
 * that are unsettled when it ends are put back at once.
 * @throws TypeError or RangeError for options that can only be a mistake.
 * @see runWorker, which needs no log, for one process.
 */
export const processLog = ({ log, group, ...options }: ProcessLogOptions): WorkerRun => {
  checkKinds({ log, group }, KINDS);
  const { handle, deadLetter, maxAttempts } = handlingSettings(options);
  const held = holdDeliveries();
  let lag = (): number => 0;

  const deliveries = (wanted: {
    readonly concurrency: number;
    readonly signal: AbortSignal;
  }): AsyncIterable<Delivery> => {
    const source = log.deliveries(group, wanted);
    lag = () => source.lag ?? 0;
    return held.from(source);
  };

  return handleDeliveries({
    handling: {
      ...options,
      handle: (event, context) => {
        // With nowhere to put it, it is tried as often as it comes.
        if (deadLetter !== undefined && context.attempt > maxAttempts)
          throw neverSettled(context.attempt - 1);
        return handle(event, context);
      },
    },
    deliveries,
    finish: held.giveBack,
    gauges: () => ({ lag: lag(), conversations: held.size }),
  });
};

const neverSettled = (times: number): Error =>
  new Error(`The event was handed out ${times} times, and none of those who got it came to an end with it.`);

const KINDS: Readonly<Record<string, Kind>> = {
  log: required(having('an event log, with deliveries()', 'deliveries')),
  group: required(NAME),
};
