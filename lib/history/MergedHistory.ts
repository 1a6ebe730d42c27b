import type { Observable } from 'rxjs';
import type { Discontinuity } from './Discontinuity.js';
import type { SyncStatus } from './SyncStatus.js';

/** One run through a numbered log, live and history as one. */
export interface MergedHistory<T> {
  /**
   * Each item once, in order of position. The run starts with the first subscriber; later ones join it
   * without replay; after the last has left, a new one goes on where the run stood.
   */
  readonly events$: Observable<T>;
  /** The present status on subscription, then each change. Never errors, creates no demand. */
  readonly status$: Observable<SyncStatus>;
  /** Ranges passed unseen. Creates no demand. */
  readonly discontinuities$: Observable<Discontinuity>;
  /** Ranges shown not to exist; both ends belong to the range. Creates no demand. */
  readonly holes$: Observable<{ readonly from: number; readonly to: number }>;
  /** Items that came after their position had been declared absent. Creates no demand. */
  readonly late$: Observable<T>;
}
