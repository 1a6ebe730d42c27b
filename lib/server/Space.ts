import type { FaultsInForce } from './faults/faultsInForce.js';
import type { Frame } from './sockets/Frame.js';
import type { Change } from './state/Change.js';
import type { SpaceState } from './state/SpaceState.js';

/** One API space: what it knows, how that changes, and how people hear of it. */
export interface Space {
  readonly apiSpaceId: string;
  readonly state: SpaceState;
  readonly faults: FaultsInForce;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Changes the state; the change is in the journal when it returns. */
  commit(change: Change): void;
  /** Sends a frame to every socket of these profiles, as well as the faults let it. */
  announce(frame: Frame, to: Iterable<string>): void;
}
