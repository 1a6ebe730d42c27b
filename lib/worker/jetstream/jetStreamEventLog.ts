import type { NatsConnection } from '@nats-io/transport-node';
import { checkKinds, having, NAME, OBJECT, required, wholeFrom } from '../../fault/checkKinds.js';
import type { EventLog } from '../EventLog.js';
import { appendTo } from './appendTo.js';
import type { BrokerConnection } from './BrokerConnection.js';
import { brokerFault } from './brokerFault.js';
import { watchConnection } from './connectionWatch.js';
import { deliveriesFrom } from './deliveriesFrom.js';
import { loadJetStream } from './loadJetStream.js';
import { openStream } from './openStream.js';
import { requireServer } from './requireServer.js';
import { createTails } from './tails.js';
import { whenConnected } from './whenConnected.js';

export interface JetStreamEventLogOptions {
  /**
   * From `connect()` of `@nats-io/transport-node`; you close it. Let it reconnect for ever (`maxReconnectAttempts:
   * -1`): by default it gives up after 10 attempts, and everything that uses it ends.
   */
  readonly connection: BrokerConnection;
  /** The id of the API space. Each has one stream. */
  readonly space: string;
  /**
   * Into how many parts the work of a group is divided; in each, one event is handled at a time. It cannot be changed
   * later. Default: 64.
   */
  readonly partitions?: number;
  /** On how many servers of a cluster the log is kept. Default: 1, or as many as an existing log has. */
  readonly replicas?: number;
  /**
   * After so many ms without a sign of life from a reader, its event goes to another one. A slow handler is no
   * problem, since signs are sent meanwhile; a killed reader sends none. Default: 10,000.
   */
  readonly ackWaitMs?: number;
  /** The prefix of subjects for the broker's answers, if your permissions require another one. Default: `_INBOX`. */
  readonly inboxPrefix?: string;
}

/**
 * Opens the log of an API space in NATS JetStream, and creates it where there is none.
 *
 * Each conversation is a subject, each append is refused by the broker unless the last message of that subject is
 * the one the writer means, and each group of readers has one durable consumer for each partition, with one message
 * in flight. So any number of writers and readers may run, be killed and start again, and so may the broker.
 *
 * The broker's settings decide how durable an append is: by default a power failure may cost the last two minutes.
 * Guide: docs/guides/jetstream.md.
 *
 * @example
 * ```ts no-run
 * import { connect } from '@nats-io/transport-node';
 * import { jetStreamEventLog } from 'comapi-rx/worker';
 *
 * const connection = await connect({ servers: 'localhost:4222', maxReconnectAttempts: -1 });
 * const log = await jetStreamEventLog({ connection, space: 'my-api-space' });
 *
 * const last = await log.last('a-conversation');
 * console.log(last ?? 'nothing yet');
 * await connection.close();
 * ```
 *
 * @returns Rejects with a one-sentence error when the packages `@nats-io/jetstream` and `@nats-io/transport-node` are
 * missing, when the server is too old, or when the existing log was created with other numbers; with a `TypeError`
 * when `connection` is not a NATS connection; with a `ComapiError` when the broker cannot be reached (`'timeout'`,
 * `'network'`), refuses (`'refused'`, `'forbidden'`) or the connection is `'closed'`.
 */
export const jetStreamEventLog = (options: JetStreamEventLogOptions): Promise<EventLog> => {
  checkKinds({ options }, { options: required(OBJECT) });
  checkKinds(options, KINDS);
  return open(options);
};

const open = async ({
  connection: given,
  space,
  partitions = 64,
  replicas,
  ackWaitMs = 10_000,
  inboxPrefix = '_INBOX',
}: JetStreamEventLogOptions): Promise<EventLog> => {
  const { jetstream, jetstreamManager } = await loadJetStream();
  // Not before: without the packages nobody has a connection, and what to install is the better answer.
  checkKinds({ connection: given }, { connection: CONNECTION });
  // Whoever has one got it from there: nobody else makes what answers to all of these.
  const connection = given as NatsConnection;
  requireServer(connection.info?.version ?? 'unknown');
  // Its own check asks for the account, which a connection with few permissions may not do.
  const manager = await jetstreamManager(connection, { checkAPI: false });
  const plan = await openStream(manager, { space, partitions, replicas }).catch((error: unknown) => {
    throw isOurSentence(error) ? error : brokerFault(error);
  });

  const watch = watchConnection(connection);
  const tails = createTails(TAILS_KEPT);
  // A broker that comes back may have forgotten the last moments: what is remembered may not be true any more.
  watch.onChange(tails.clear);

  return {
    ...appendTo({ client: jetstream(connection), manager, plan, tails, persist: whenConnected(watch) }),
    deliveries: deliveriesFrom({ connection, watch, manager, plan, ackWaitMs, inboxPrefix }),
  };
};

const TAILS_KEPT = 20_000;

const isOurSentence = (error: unknown): boolean => error instanceof Error && error.name === 'Error';

const CONNECTION = having(
  'a connection of NATS, as connect() of @nats-io/transport-node gives it',
  'isClosed',
  'status',
  'publish',
  'subscribe',
  'request',
);

const KINDS = {
  connection: required(OBJECT),
  space: required(NAME),
  partitions: wholeFrom(1, 1_024),
  replicas: wholeFrom(1, 5),
  ackWaitMs: wholeFrom(500, 3_600_000),
  inboxPrefix: NAME,
};
