import { AsyncLocalStorage } from 'node:async_hooks';
import type { Zone } from '../../lib/stream/Zone.js';

export interface FakeZone {
  /** To be passed as `zone`. */
  readonly zone: Zone;
  /** Where the caller is. */
  where(): 'inside' | 'outside';
  /** Calls from within the zone, as an app does. */
  inside<A>(work: () => A): A;
}

/** A zone as Angular has one: promises and timers stay where they were begun. */
export const fakeZone = (): FakeZone => {
  const storage = new AsyncLocalStorage<'inside' | 'outside'>();
  const inside = <A>(work: () => A): A => storage.run('inside', work);
  return {
    zone: { run: inside, runOutsideAngular: (work) => storage.run('outside', work) },
    where: () => storage.getStore() ?? 'outside',
    inside,
  };
};
