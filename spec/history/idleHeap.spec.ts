import { expect, it } from '@jest/globals';
import * as Core from '../../lib/history/mergeCore.js';
import type { Merge } from '../../lib/history/mergeRecord.js';
import { mergeSettings } from '../../lib/history/mergeSettings.js';
import { routeBy } from '../../lib/stream/routeBy.js';
import { collect } from '../support/stillAlive.js';

const MANY = 2_000;

/** Half as much again as is needed: what is made anew for each log shows, what an engine does otherwise does not. */
const MOST_BYTES = 9_000;

const nothing = (): void => undefined;
const OUTLET = {
  ...{ emit: nothing, hole: nothing, discontinuity: nothing, late: nothing },
  ...{ locate: nothing, fetch: nothing, end: nothing },
};

const heapUsed = (): number => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

it('an idle log costs some kilobytes in router and merge', () => {
  const settings = mergeSettings({});
  const routes = routeBy<string, number>();
  const follow = (id: string): unknown => {
    const merge = Core.atRest<number, Merge<number>>(-1, settings, OUTLET);
    return [
      merge,
      routes.to(id).subscribe((position) => Core.takeNext(merge, position, position, undefined)),
    ];
  };
  const followed = Array.from({ length: 2 * MANY }, (): unknown => undefined);
  // The first ones compile the code.
  for (let index = 0; index < MANY; index += 1) followed[index] = follow(`garden-${index}`);

  const before = heapUsed();
  for (let index = MANY; index < 2 * MANY; index += 1) followed[index] = follow(`garden-${index}`);
  const bytes = (heapUsed() - before) / MANY;

  expect(routes.size).toBe(followed.length);
  expect(bytes).toBeGreaterThan(500);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
