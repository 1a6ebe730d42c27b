import type { Fault } from '../fault/Fault.js';
import type { Discontinuity } from './Discontinuity.js';
import type { Placed } from './Placed.js';
import type { SyncStatus } from './SyncStatus.js';

/** What a page says beside its items. */
export interface PageFacts {
  /** The server's clock when it answered, in ms. */
  readonly servedAt?: number | undefined;
  /** How many of its items had no readable position or belonged elsewhere. */
  readonly strays?: number;
  /** When the request went out, where somebody else had sent it and that was earlier. */
  readonly askedAt?: number | undefined;
}

/** How a request failed. `jitter` is a random number in [0, 1): the core has no source of its own. */
export interface FailureFacts {
  readonly fault: Fault;
  readonly jitter: number;
  readonly retryAfterMs?: number | undefined;
  /** The longest that the next request may wait. Default: no limit but that of the backoff. */
  readonly retryWithinMs?: number | undefined;
  /** The server said that there is nothing at or after the position that was asked for. */
  readonly isOutOfRange?: boolean;
}

/**
 * The facts that the merge is told, each with its time in ms, and what can be asked of it. Methods and no getters:
 * those cost a log a kilobyte, and a look-up by name at each call.
 */
export interface MergeCore<T> {
  /** A consumer is there, and the live feed is being attached. Nothing is asked before the next fact. */
  start(now: number): void;
  /** No consumer is left. May be called from inside an emission; nothing is emitted after it. */
  stop(): void;
  /** The line opened: what it brings is relied on once a request that starts now has answered. */
  open(now: number): void;
  /** The line dropped. */
  drop(now: number): void;
  /** An item came by the line; `at` is the server's time of it. */
  live(position: number, item: T, at: number | undefined, now: number): void;
  /**
   * The item is let out if it is next and nothing else is missing, as nearly all are: for that no clock is needed.
   * `false`: it is not, and is to be told as `live`.
   */
  takeNext(position: number, item: T, at: number | undefined): boolean;
  page(ticket: number, items: readonly Placed<T>[], facts: PageFacts, now: number): void;
  failed(ticket: number, facts: FailureFacts, now: number): void;
  /** The server keeps nothing below `before` any more. */
  truncated(ticket: number, before: number, facts: FailureFacts, now: number): void;
  /** Something at this position is known to exist. */
  known(position: number, now: number): void;
  /** History ends at `position`, as somebody says who may be behind. */
  ends(position: number, now: number): void;
  /** Answers `locate`: the highest position there is, -1 when there is none. */
  baseline(ticket: number, position: number, now: number): void;
  /** The consumer is behind: nothing is read, held or let out until `resume`, save what has been asked for. */
  pause(): void;
  resume(now: number): void;
  /** Live items have ended: what history still has is read, then the log is over. */
  finish(now: number): void;
  /** The log has ended: what is held is let out, what is missing is reported. */
  close(because: NonNullable<SyncStatus['closedBecause']>, now: number): void;
  /** The log ends with an error, which the caller passes on: nothing comes out any more. */
  abort(fault: Fault): void;
  /** To be called at `wakeAt()`. */
  wake(now: number): void;
  /** When the core next wants to be woken; `Infinity` when only another fact can move it. */
  wakeAt(): number;
  /** How many early items are in memory. */
  heldCount(): number;
  /** Whether it is known where the log begins. */
  isLocated(): boolean;
  status(): SyncStatus;
}

/** What comes out: emissions and one command. The core is consistent at each call. */
export interface MergeOutlet<T> {
  emit(item: T): void;
  /** A range shown not to exist. */
  hole(from: number, to: number): void;
  discontinuity(range: Discontinuity): void;
  /** An item whose position had been passed as a hole or a discontinuity. */
  late(item: T): void;
  /** Asks where the log ends: answered by `baseline` or `failed`. Absent where nobody can be asked. */
  readonly locate?: ((ticket: number) => void) | undefined;
  /** How long all may be quiet, from now on, before it is looked at. Default: `idleProbeMs`. */
  readonly quietMs?: (() => number) | undefined;
  /** Asks for the items at or after `from`: answered by `page`, `failed` or `truncated`. */
  fetch(from: number, limit: number, ticket: number): void;
  /** The log is over: nothing comes after this. */
  end(): void;
}
