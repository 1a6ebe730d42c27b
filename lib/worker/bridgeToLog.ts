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
   * What to do where events are known to exist and cannot be had: `'stop'`: `done` rejects with a
   * `DiscontinuityError`, and the log ends before them. Or a function that hears of it and says which. Once a later
   * event is in the log, the missing ones can never get in. Default: `'continue'`.
   */
  readonly onDiscontinuity?: OnDiscontinuity;
  /** Abort = stop at once. */
  readonly signal?: AbortSignal;
}

/**
 * Writes every message event of many conversations into a log, each once and in order.
 *
 * Where it goes on in a conversation it learns from the log itself, and from nowhere else: there is no cursor that
 * could be ahead of the log, and whatever the log has lost is read from history again. Any number of bridges may
 * write the same conversations at the same time; run two, and one may die. Who is told that the log ends elsewhere
 * than it thought reads on from there.
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
 * @returns The run. In `stats$`, `handled` counts events that this bridge has seen into the log, by itself or by
 * another; `retried` counts appends that have to be made again because the log could not be reached. That goes on
 * until it can be: only what will not change, such as a missing permission, makes `done` reject.
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
