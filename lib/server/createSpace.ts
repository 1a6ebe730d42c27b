import type { FaultsInForce } from './faults/faultsInForce.js';
import type { SocketHub } from './sockets/createSocketHub.js';
import type { Space } from './Space.js';
import { createState } from './state/createState.js';
import type { Journal } from './state/journal.js';

export interface CreateSpaceOptions {
  readonly apiSpaceId: string;
  readonly journal: Journal;
  readonly faults: FaultsInForce;
  readonly hub: SocketHub;
  readonly now: () => number;
}

/** Makes a space that knows what its journal tells, and writes there before it believes anything. */
export const createSpace = ({ apiSpaceId, journal, faults, hub, now }: CreateSpaceOptions): Space => {
  const { state, apply } = createState();
  journal.changes.forEach(apply);

  return {
    apiSpaceId,
    state,
    faults,
    now,
    commit: (change) => {
      journal.write(change);
      apply(change);
    },
    announce: hub.announce,
  };
};
