import type { Observable, Unsubscribable } from 'rxjs';
import type { Alarm, AlarmClock } from '../stream/alarm.js';
import type { Audience } from '../stream/audience.js';
import type { Turn } from '../stream/turn.js';
import type { LogSides } from './logSides.js';
import type { Merge } from './mergeRecord.js';
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
  /** Where history ends, if it refused the page because that is below; -1 where it did not say where. */
  readonly endsAt?: number | undefined;
}

/** What a failed request means for the run. */
export type FetchVerdict =
  | 'retry'
  | 'stop'
  | { readonly isOutOfRange: true }
  | { readonly retryAfterMs: number }
  | { readonly retryWithinMs: number }
  | { readonly truncatedBefore: number }
  | { readonly closedBecause: NonNullable<SyncStatus['closedBecause']> };

/**
 * All that runs through logs of one kind need from outside.
 *
 * Each function is told the place of the log, which is all that tells it from others of its kind: so one source
 * serves all of them.
 */
export interface LogSource<T, P = unknown> extends AlarmClock {
  readonly settings: MergeSettings;
  /**
   * Begins to tell a log what happens, by the functions of `logFacts`, and returns what ends that. Its first word
   * about the line is how that is now.
   */
  attach(log: Log<T>, place: P): Unsubscribable;
  /** Whether a failed feed can be revived, so that a later subscriber goes on at the cursor. Default: no. */
  readonly outlivesFeed?: boolean;
  /** How long this log may be quiet, from now on, before it is looked at. Default: `idleProbeMs`. */
  quietMs?(place: P): number;
  fetch(place: P, from: number, limit: number): Observable<LogPage<T>>;
  /**
   * Where the log ends now; asked when a run starts at `'now'`, and again until it answers. Also asked when it looks
   * as if the log had begun anew.
   */
  locate?(place: P): Observable<number | undefined>;
  positionOf(item: T): number;
  timeOf?(item: T): number | undefined;
  /** How large an item is, in characters of text. Default: that does not matter. */
  weigh?(item: T): number;
  /** Whether an item only takes its place, and does not come out with the others. Default: none does. */
  isAside?(item: T, place: P): boolean;
  /** What a failed request means. `highestKnown` is the highest position that anybody has shown so far. */
  judge(place: P, error: unknown, highestKnown: number): FetchVerdict;
  readonly random: () => number;
}

/**
 * One run through a log: a merge that has a feed, a clock, requests and consumers.
 *
 * A record as the merge is, with functions that all logs share. Every fact takes a turn, so the merge is never entered
 * twice: what a consumer sets off from inside an emission is a fact of its own, and comes afterwards.
 */
export interface Log<T> extends Merge<T>, Turn, LogSides<T> {
  readonly source: LogSource<T>;
  /** What tells it from others of its kind. */
  readonly place: unknown;
  /** Those who are given its items. The first one starts it, the last one stops it. */
  audience: Audience<T>;
  /** What is under way while somebody is there. */
  run: LogRun | undefined;
  /** Whether the consumer keeps up: while it does not, nothing more is read or let out. */
  keepsUp: boolean;
  alarm: Alarm | undefined;
  failure: { readonly error: unknown } | undefined;
}

/** What is under way while somebody is there. */
export interface LogRun {
  feed: Unsubscribable | undefined;
  request: Unsubscribable | undefined;
}
