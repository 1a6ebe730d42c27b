import { checkKinds, having, OBJECT, required, SIGNAL } from '../fault/checkKinds.js';
import { bridgeConversation } from './bridgeConversation.js';
import type { EventLog } from './EventLog.js';
import { handlerSignals } from './handlerSignals.js';
import {
  CONVERSATIONS,
  type ConversationsOptions,
  type OnDiscontinuity,
  runConversations,
} from './runConversations.js';
import type { WorkerRun } from './WorkerRun.js';

export interface BridgeOptions extends ConversationsOptions {
  readonly log: EventLog;
  /**
   * What to do when events exist but history does not provide them. `'stop'`: `done` rejects with a
   * `DiscontinuityError`, and the log ends before them. A function is told and returns one of the two. Once a later
   * event is in the log, the missing ones can never be added. Default: `'continue'`.
   */
  readonly onDiscontinuity?: OnDiscontinuity;
  /** Aborting it stops the run at once. */
  readonly signal?: AbortSignal;
}

/**
 * Writes every message event of many conversations into a log, each once and in order.
 *
 * It learns only from the log itself where to continue in a conversation: there is no cursor that could be ahead of
 * the log, and events that the log has lost are read from history again. Any number of bridges may write the same
 * conversations at the same time; run two, and one may fail. A bridge that finds the end of the log elsewhere than
 * expected continues from there.
 *
 * @example
 * ```ts no-run
 * import { connect } from '@nats-io/transport-node';
 * import { createClient } from 'comapi-rx';
 * import { nodeWebSocket } from 'comapi-rx/node';
 * import { bridgeToLog, jetStreamEventLog } from 'comapi-rx/worker';
 *
 * const connection = await connect({ servers: 'localhost:4222', maxReconnectAttempts: -1 });
 * const client = createClient({
 *   apiSpaceId: 'my-api-space',
 *   getToken: () => fetch('https://backend.example/token').then((answer) => answer.text()),
 *   webSocketCtor: nodeWebSocket(),
 * });
 * const run = bridgeToLog({
 *   client,
 *   conversations: 'mine',
 *   log: await jetStreamEventLog({ connection, space: 'my-api-space' }),
 * });
 * await run.done;
 * ```
 *
 * @returns The run. In `stats$`, `handled` counts events that are in the log, written by this bridge or another;
 * `retried` counts appends that are repeated because the log could not be reached. They are repeated for as long as
 * needed: only an error that will not pass, such as a missing permission, makes `done` reject.
 * @throws TypeError or RangeError for options that can only be a mistake.
 * @see processLog, which reads what this writes.
 */
export const bridgeToLog = (options: BridgeOptions): WorkerRun => {
  checkKinds({ options }, { options: required(OBJECT) });
  checkKinds(options, BRIDGE);
  const { log, signal } = options;

  return runConversations({
    options,
    begin: ({ breakOff, over, stats }) => {
      const signals = handlerSignals(breakOff);
      return async (one) => {
        const own = signals();
        try {
          await bridgeConversation({ ...one, log, breakOff: own.signal, over, stats });
        } finally {
          own.release();
        }
      };
    },
    signal,
  });
};

const BRIDGE = {
  ...CONVERSATIONS,
  log: required(having('an event log, with append() and last()', 'append', 'last')),
  signal: SIGNAL,
};
