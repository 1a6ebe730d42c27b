import type { JetStreamManager } from '@nats-io/jetstream';
import { lastValueFrom, mergeMap, range } from 'rxjs';
import type { StreamPlan } from './openStream.js';
import { subjectToken } from './subjectToken.js';

export interface ConsumerSettings {
  readonly group: string;
  readonly ackWaitMs: number;
}

/** Names the consumer of a group for each of its partitions. */
export type ConsumerNames = (partition: number) => string;

/**
 * Creates the durable consumers of a group, one for each partition, or finds them.
 *
 * Each of them has one message in flight at most. That is what keeps order whoever reads: the next message of a
 * partition exists for nobody until the one before is settled.
 */
export const openConsumers = async (
  manager: JetStreamManager,
  plan: StreamPlan,
  { group, ackWaitMs }: ConsumerSettings,
): Promise<ConsumerNames> => {
  const token = await subjectToken(group);
  const nameOf: ConsumerNames = (partition) => `${token}-p${partition}`;

  const open = async (partition: number): Promise<void> => {
    const config = {
      durable_name: nameOf(partition),
      filter_subject: plan.filterOf(partition),
      deliver_policy: 'all',
      ack_policy: 'explicit',
      ack_wait: ackWaitMs * NS_PER_MS,
      max_ack_pending: 1,
      // How often is for those who handle to say: a broker that gave up would do so in silence.
      max_deliver: -1,
    } as const;
    try {
      await manager.consumers.add(plan.stream, config);
    } catch (error) {
      if (!isThereAlready(error)) throw error;
      // From 2.10 on, creating one that has another patience is an error.
      await manager.consumers.update(plan.stream, config.durable_name, { ack_wait: config.ack_wait });
    }
  };

  const partitions = range(0, plan.partitions);
  await lastValueFrom(partitions.pipe(mergeMap((partition) => open(partition), AT_ONCE)), {
    defaultValue: undefined,
  });
  return nameOf;
};

const NS_PER_MS = 1_000_000;
const AT_ONCE = 16;

const isThereAlready = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 10148 || error.code === 10013);
