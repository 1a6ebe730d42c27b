import { expect, it } from '@jest/globals';
import { withBroker } from '../../worker/jetstream/withBroker.js';
import { runChaos } from './runChaos.js';

withBroker('bridges, processors and a broker that are killed and paused', () => {
  it('leave each event once and in order in the log, and an effect for each', async () => {
    const { violations, ...result } = await runChaos({
      events: 1_200,
      conversations: 30,
      bridges: 2,
      processors: 2,
      rate: 100,
      blowEveryMs: 800,
      ackWaitMs: 1_000,
      effectMs: 20,
      seed: 5,
      limitMs: 60_000,
    });

    expect(violations).toEqual([]);
    expect(result.kills.bridge + result.kills.processor).toBeGreaterThan(0);
    expect(result.redeliveries).toBeGreaterThan(0);
  }, 90_000);
});
