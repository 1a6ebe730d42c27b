import { describe } from '@jest/globals';
import { hasBroker } from './broker.js';

/** A suite that needs a NATS server. Where there is none it says so, and its tests count as skipped. */
export const withBroker: (name: string, suite: () => void) => void = hasBroker ? describe : describe.skip;

if (!hasBroker) {
  process.stderr.write(
    'There is no nats-server here: the tests that need one are SKIPPED. On Debian: apt-get install nats-server\n',
  );
}
