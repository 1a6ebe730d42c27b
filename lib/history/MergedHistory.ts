import type { Observable } from 'rxjs';
import type { Discontinuity } from './Discontinuity.js';
import type { SyncStatus } from './SyncStatus.js';

/** One run through a numbered log: live items and history merged. */
export interface MergedHistory<T> {
  /**
   * Each item once, in order of position. The run starts with the first subscriber; later ones join it without
   * replay. When the last one has left, the run stops, and a new subscriber continues where it stopped.
   */
  readonly events$: Observable<T>;
  /** The present status on subscription, then each change. Never errors. Like the next three, it starts no run. */
  readonly status$: Observable<SyncStatus>;
  /** Ranges that were given up although they may exist. */
  readonly discontinuities$: Observable<Discontinuity>;
  /** Ranges that were shown not to exist; both ends belong to the range. */
  readonly holes$: Observable<{ readonly from: number; readonly to: number }>;
  /**
   * Items that came after their position had been passed, as a hole or as a discontinuity. They are not in `events$`.
   */
  readonly late$: Observable<T>;
}
