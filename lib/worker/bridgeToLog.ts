import type { Client } from '../client/Client.js';
import type { Discontinuity } from '../history/Discontinuity.js';
import type { ComapiError } from '../fault/ComapiError.js';
import { checkKinds, having, OBJECT, required, SIGNAL } from '../fault/checkKinds.js';
import { bridgeConversation } from './bridgeConversation.js';
import { conversationIds } from './conversationIds.js';
import type { Conversations } from './Conversations.js';
import type { EventLog } from './EventLog.js';
import { followConversations } from './followConversations.js';
import { handlerSignals } from './handlerSignals.js';
import type { Lane } from './openLane.js';
import { concernsOne, type OnDiscontinuity, WORKER } from './runWorker.js';
import { type RunParts, startRun } from './startRun.js';
import type { WorkerRun } from './WorkerRun.js';

export interface BridgeOptions {
  readonly client: Client;
  readonly conversations: Conversations;
  readonly log: EventLog;
  /**
   * What to do where events are known to exist and cannot be had: `'stop'`: `done` rejects with a
   * `DiscontinuityError`, and the log ends before them. Or a function that hears of it and says which. Once a later
   * event is in the log, the missing ones can never get in. Default: `'continue'`.
   */
  readonly onDiscontinuity?:
    OnDiscontinuity | ((conversationId: string, discontinuity: Discontinuity) => OnDiscontinuity);
  /**
   * Told of a conversation that cannot be followed: `'not-found'` or `'forbidden'`. It is left, the others go on.
   * If nobody is told, `done` rejects with it once all others are over.
   */
  readonly onConversationError?: (conversationId: string, error: ComapiError) => void;
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
  checkKinds(options, { ...WORKER, log: required(LOG), signal: SIGNAL });
  const { client, conversations, log, onDiscontinuity = 'continue', onConversationError, signal } = options;
  const { ids$, release } = conversationIds(client, conversations);
  const lanes = new Map<string, Lane>();
  const leftOut: unknown[] = [];

  const work: RunParts['work'] = async ({ stopping, breakOff, over, stats }) => {
    const signals = handlerSignals(breakOff);
    const follow = async (id: string, left: AbortSignal): Promise<void> => {
      const own = signals();
      try {
        await bridgeConversation({
          conversation: client.conversation(id),
          log,
          signal: left,
          breakOff: own.signal,
          over,
          stats,
          judge: (discontinuity) =>
            typeof onDiscontinuity === 'function' ? onDiscontinuity(id, discontinuity) : onDiscontinuity,
          onLane: (lane) => {
            lanes.set(id, lane);
            stats.changed();
          },
        });
      } catch (error) {
        if (!concernsOne(error)) throw error;
        if (onConversationError === undefined) leftOut.push(error);
        else onConversationError(id, error);
      } finally {
        own.release();
        lanes.delete(id);
        stats.changed();
      }
    };

    await followConversations({ ids$, until: stopping, follow }).ended;
    if (leftOut.length > 0 && !stopping.aborted) throw leftOut[0];
  };

  const run = startRun({
    work,
    gauges: () => ({
      lag: [...lanes.values()].reduce((sum, { lag }) => sum + lag, 0),
      conversations: lanes.size,
    }),
    signal,
  });
  const closing = client.status$.subscribe({
    complete: () => void run.stop(),
    // It never does.
    error: () => undefined,
  });
  const forget = (): void => {
    closing.unsubscribe();
    release();
  };
  run.done.then(forget, forget);
  return run;
};

const LOG = having('an event log, with append() and last()', 'append', 'last');
