import type { JetStreamManager, StreamInfo } from '@nats-io/jetstream';
import { partitionOf } from './partitionOf.js';
import { subjectToken } from './subjectToken.js';

export interface StreamSettings {
  readonly space: string;
  readonly partitions: number;
  /** Of a stream that is created; one that exists must have as many. `undefined`: 1, or as many as it has. */
  readonly replicas: number | undefined;
}

/** Where things are in the broker. */
export interface StreamPlan {
  readonly stream: string;
  readonly partitions: number;
  /** The subject of one conversation. */
  subjectOf(conversationId: string): Promise<string>;
  /** All subjects of one partition. */
  filterOf(partition: number): string;
}

/**
 * Creates the stream of an API space, or finds it as it has to be.
 *
 *     stream    COMAPI-<space>
 *     subjects  comapi.<space>.p64.<partition>.<conversation>
 *
 * How many partitions there are stands in every subject: a process that counts differently writes to subjects that
 * no stream has. That cannot happen unnoticed, but only here can it be said in one sentence.
 */
export const openStream = async (
  manager: JetStreamManager,
  { space, partitions, replicas }: StreamSettings,
): Promise<StreamPlan> => {
  const token = await subjectToken(space);
  const stream = `COMAPI-${token}`;
  const root = `comapi.${token}`;
  const prefix = `${root}.p${partitions}`;

  const found = (await find(manager, stream)) ?? (await create(manager, { stream, prefix, replicas }));
  check(found, { space, root, partitions, replicas });

  return {
    stream,
    partitions,
    subjectOf: async (conversationId) => {
      const conversation = await subjectToken(conversationId);
      return `${prefix}.${partitionOf(conversation, partitions)}.${conversation}`;
    },
    filterOf: (partition) => `${prefix}.${partition}.*`,
  };
};

const find = async (manager: JetStreamManager, stream: string): Promise<StreamInfo | undefined> => {
  try {
    return await manager.streams.info(stream);
  } catch (error) {
    if (error instanceof Error && error.name === 'StreamNotFoundError') return undefined;
    throw error;
  }
};

const TEN_MINUTES_NS = 10 * 60 * 1_000_000_000;

const create = async (
  manager: JetStreamManager,
  { stream, prefix, replicas = 1 }: { stream: string; prefix: string; replicas: number | undefined },
): Promise<StreamInfo> => {
  try {
    return await manager.streams.add({
      name: stream,
      subjects: [`${prefix}.*.*`],
      description: 'Events of conversations, one subject for each, in order (comapi-rx)',
      retention: 'limits',
      storage: 'file',
      // There are no limits. Where somebody sets one, writers wait: what is not in the log yet is still in the
      // platform's history, what the log has dropped before it was read is lost for its readers.
      discard: 'new',
      num_replicas: replicas,
      duplicate_window: TEN_MINUTES_NS,
    });
  } catch (error) {
    // Somebody else may have created it at the same moment, with other numbers than ours.
    const found = await find(manager, stream);
    if (found === undefined) throw error;
    return found;
  }
};

const check = (
  { config }: StreamInfo,
  { space, root, partitions, replicas }: StreamSettings & { readonly root: string },
): void => {
  const name = JSON.stringify(space);
  const [subject = '', ...others] = config.subjects;
  const there = new RegExp(`^p(\\d+)\\.\\*\\.\\*$`).exec(subject.slice(root.length + 1))?.[1];
  if (others.length > 0 || !subject.startsWith(`${root}.`) || there === undefined) {
    throw new Error(`The stream ${config.name} is there but is not the log of the space ${name}.`);
  }
  if (Number(there) !== partitions) {
    throw new Error(
      `The log of the space ${name} has ${there} partitions and not ${partitions}: ` +
        'their number is chosen once and for ever, because order is kept within a partition.',
    );
  }
  if (replicas !== undefined && config.num_replicas !== replicas) {
    throw new Error(
      `The log of the space ${name} has replicas: ${config.num_replicas} and not ${replicas}; ` +
        `change it with: nats stream edit ${config.name} --replicas ${replicas}`,
    );
  }
};
