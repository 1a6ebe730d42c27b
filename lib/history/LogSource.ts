import type { Observable, SchedulerLike } from 'rxjs';
import type { MergeSettings } from './mergeSettings.js';
import type { SyncStatus } from './SyncStatus.js';

/** A page as the source of a log gives it. */
export interface LogPage<T> {
  readonly items: readonly T[];
  /** The server's clock when it answered, in ms. */
  readonly servedAt?: number | undefined;
  /** When it was asked for, in ms by the scheduler, where that may be before this log asked. */
  readonly askedAt?: number;
  /** How many items were left out because they could not be placed. */
  readonly strays?: number;
}

/** What a failed request means for the run. */
export type FetchVerdict =
  | 'retry'
  | 'stop'
  | { readonly isOutOfRange: true }
  | { readonly retryAfterMs: number }
  | { readonly retryWithinMs: number }
  | { readonly truncatedBefore: number }
  | { readonly closedBecause: 'deleted' | 'removed' };

/** All that a run through a log needs from outside. */
export interface LogSource<T> {
  readonly after: number | 'now';
  readonly settings: MergeSettings;
  /** How long this log may be quiet, from now on, before it is looked at. Default: `idleProbeMs`. */
  readonly quietMs?: () => number;
  readonly live$: Observable<T>;
  /** Whether a failed feed can be revived, so that a later subscriber goes on at the cursor. Default: no. */
  readonly outlivesFeed?: boolean;
  /** The present state of the line on subscription, then each change. */
  readonly connected$: Observable<boolean>;
  /** Says why the log ends, when it does. */
  readonly closed$: Observable<NonNullable<SyncStatus['closedBecause']>>;
  readonly fetch: (from: number, limit: number) => Observable<LogPage<T>>;
  /**
   * Where the log ends now; asked when a run starts at `'now'`, and again until it answers. Also asked when it looks
   * as if the log had begun anew.
   */
  readonly baseline: (() => Observable<number | undefined>) | undefined;
  /** Where the log ends now, as a hint that is worth one request for each open line. */
  readonly latest: (() => Observable<number | undefined>) | undefined;
  /** Positions of which somebody learns now and then that they exist. */
  readonly hints$?: Observable<number>;
  /** Whether the consumer keeps up: while the last value is `false`, nothing more is read or let out. */
  readonly demand$?: Observable<boolean>;
  readonly positionOf: (item: T) => number;
  readonly timeOf: ((item: T) => number | undefined) | undefined;
  readonly judge: (error: unknown) => FetchVerdict;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}
