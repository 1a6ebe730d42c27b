import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';

const failsWith = (error: unknown): void => {
  jest.resetModules();
  jest.unstable_mockModule('@nats-io/jetstream', () => {
    throw error;
  });
};
const load = async (): Promise<unknown> =>
  (await import('../../../lib/worker/jetstream/loadJetStream.js')).loadJetStream();

describe('loadJetStream', () => {
  afterEach(() => {
    jest.unstable_unmockModule('@nats-io/jetstream');
    jest.resetModules();
  });

  it.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])('says what to install for %s', async (code) => {
    const cause = Object.assign(new Error('no such thing'), { code });
    failsWith(cause);

    await expect(load()).rejects.toMatchObject({
      message:
        'jetStreamEventLog needs the packages @nats-io/jetstream and @nats-io/transport-node: ' +
        'npm install @nats-io/jetstream @nats-io/transport-node',
      cause,
    });
  });

  it('is what a log says first: without the packages nobody has a connection', async () => {
    failsWith(Object.assign(new Error('no such thing'), { code: 'ERR_MODULE_NOT_FOUND' }));
    const { jetStreamEventLog } = await import('../../../lib/worker/jetstream/jetStreamEventLog.js');
    const connection = {} as NatsConnection;

    await expect(jetStreamEventLog({ connection, space: 's' })).rejects.toThrow(/needs the packages/);
  });

  it('does not blame an installation for anything else', async () => {
    failsWith(new SyntaxError('broken'));

    await expect(load()).rejects.toThrow('broken');
  });
});
