import type * as JetStreamModule from '@nats-io/jetstream';

type JetStream = Pick<typeof JetStreamModule, 'jetstream' | 'jetstreamManager'>;

/**
 * Loads the optional peer when it is first needed, and says how to get it where it is missing.
 */
export const loadJetStream = async (): Promise<JetStream> => {
  try {
    return await import('@nats-io/jetstream');
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new Error(
      'jetStreamEventLog needs the packages @nats-io/jetstream and @nats-io/transport-node: ' +
        'npm install @nats-io/jetstream @nats-io/transport-node',
      { cause },
    );
  }
};

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  (cause.code === 'ERR_MODULE_NOT_FOUND' || cause.code === 'MODULE_NOT_FOUND');
