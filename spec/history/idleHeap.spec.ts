import { expect, it } from '@jest/globals';
import { asyncScheduler, NEVER, Subscription } from 'rxjs';
import { unfollowed } from '../../lib/history/followLog.js';
import type { LogSource } from '../../lib/history/LogSource.js';
import { mergeSettings } from '../../lib/history/mergeSettings.js';
import { collect } from '../support/stillAlive.js';

const MANY = 2_000;

/** Some times as much as is needed: what is made anew for each log shows, what an engine does otherwise does not. */
const MOST_BYTES = 2_500;

const heapUsed = (): number => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

it('an idle log is a record of one shape, with nothing made anew for it', () => {
  const source: LogSource<number> = {
    settings: mergeSettings({}),
    attach: () => Subscription.EMPTY,
    fetch: () => NEVER,
    positionOf: (position) => position,
    judge: () => 'retry',
    scheduler: asyncScheduler,
    now: () => asyncScheduler.now(),
    random: Math.random,
  };
  const logs: unknown[] = [];
  const bytesOfEach = (): number => {
    const before = heapUsed();
    for (let index = 0; index < MANY; index += 1) logs.push(unfollowed(source, index, -1));
    return (heapUsed() - before) / MANY;
  };
  // The first ones compile the code. In any round something else may be let go of, so the middle one of some counts.
  const [, , bytes = NaN] = [bytesOfEach(), bytesOfEach(), bytesOfEach(), bytesOfEach(), bytesOfEach()].sort(
    (a, b) => a - b,
  );

  expect(logs).toHaveLength(5 * MANY);
  expect(bytes).toBeGreaterThan(300);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
