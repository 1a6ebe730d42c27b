import { expect, it, jest } from '@jest/globals';
import { bundled } from '../support/bundled.js';
import { killWorkers } from './killWorkers.js';

jest.setTimeout(120_000);

it('a worker that is killed again and again loses nothing, and keeps order', async () => {
  const report = await killWorkers({
    conversations: 40,
    events: 3_000,
    kills: 8,
    seed: 1,
    program: bundled('spec/chaos/chaosWorker.ts'),
    patienceMs: 60_000,
  });

  expect(report.violations).toEqual([]);
  expect(report.distinct).toBe(3_000);
  expect(report.killsBeforeCommit / report.kills).toBeGreaterThanOrEqual(0.3);
  // Without it the kills would have shown nothing.
  expect(report.repeated).toBeGreaterThan(0);
});
