import {
  asyncScheduler,
  defer,
  map,
  type Observable,
  type ObservableInput,
  type SchedulerLike,
  throwError,
  timeout,
} from 'rxjs';
import { checkKinds, FUNCTION, OBJECT, OBSERVABLE, required, SCHEDULER, TIME } from '../fault/checkKinds.js';
import { ComapiError } from '../fault/ComapiError.js';
import { clampDelay } from '../stream/backoff.js';
import { checkStart } from './checkStart.js';
import { followLog, unfollowed } from './followLog.js';
import type { HistoryOptions } from './HistoryOptions.js';
import type { FetchVerdict, LogSource } from './LogSource.js';
import type { MergedHistory } from './MergedHistory.js';
import { mergeSettings } from './mergeSettings.js';
import { observedFeed } from './observedFeed.js';
import { isPosition } from './Placed.js';
import { steadyClock } from './steadyClock.js';

export interface MergeHistoryOptions<T> extends Omit<HistoryOptions, 'maxConcurrent' | 'keepAliveMs'> {
  /**
   * Live items, in any order, some twice, some never. When it completes, the rest of history is read, then the result
   * completes. Its error is passed on.
   */
  readonly live$: Observable<T>;
  /** Whether `live$` is connected. Each change to `true` reads history from the cursor on. Default: always `true`. */
  readonly connected$?: Observable<boolean>;
  /**
   * Returns the lowest items at or after `from`, at most `limit`, in any order; fewer than asked for is fine. A
   * position missing between two items of an answer is taken not to exist, once it had `holeGraceMs` to appear. An
   * empty answer is the end. Only the first value counts; without one within `requestTimeoutMs` the request is
   * cancelled and has failed.
   */
  readonly fetch: (from: number, limit: number) => ObservableInput<readonly T[]>;
  /** The position of an item: a safe integer of at least 0. An item without one is skipped. */
  readonly positionOf: (item: T) => number;
  /** The server's time of an item, in ms since 1970: with it, old holes are recognised without waiting. */
  readonly timeOf?: (item: T) => number | undefined;
  /**
   * Returns the highest position of the log. Asked once per connection, and when the log seems to have begun anew.
   */
  readonly latest?: () => ObservableInput<number | undefined>;
  /**
   * What a failed `fetch` means. `'retry'` (default): ask again, after 0.5 s up to 30 s with full jitter. `'stop'`:
   * `events$` errors. `'out-of-range'`: no failure but an empty answer, since there is nothing at or after `from`.
   * `retryAfterMs`: ask again, not before that time. `truncatedBefore`: the server keeps nothing below that position
   * any more.
   */
  readonly onFetchError?: (
    error: unknown,
  ) =>
    | 'retry'
    | 'stop'
    | 'out-of-range'
    | { readonly retryAfterMs: number }
    | { readonly truncatedBefore: number };
  /** Time limit of `fetch` and `latest`, in milliseconds. `Infinity`: none. Default: 15,000 ms. */
  readonly requestTimeoutMs?: number;
  /**
   * The last position already handled: the result begins after it. Default: -1, the beginning. `'now'` needs
   * `latest`.
   */
  readonly after?: number | 'now';
  /** The clock and all timers. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Source of jitter: a number in [0, 1). Default: `Math.random`. */
  readonly random?: () => number;
}

/**
 * Merges a live feed with its paged history into one stream: each item once, in order of position, none skipped
 * without notice, over any number of lost connections.
 *
 *     live:    ------5--7--6-----
 *     fetch:   -(34)-------------
 *     events:  -(34)-5-----(67)--    after: 2
 *
 * The feed is subscribed to before the first request. A gap in it is given `oooGraceMs` to close, then read from
 * history. Positions that history shows not to exist are reported by `holes$`, those it cannot show by
 * `discontinuities$`. At most `maxHeld` early items are held in memory; the rest is read from history again.
 *
 * @example
 * ```ts
 * import { mergeHistory } from 'comapi-rx';
 * import { lastValueFrom, of, toArray } from 'rxjs';
 *
 * const log = [{ id: 0 }, { id: 1 }, { id: 2 }, { id: 3 }];
 * const merged = mergeHistory({
 *   live$: of({ id: 3 }, { id: 2 }),
 *   fetch: (from, limit) => of(log.filter(({ id }) => id >= from).slice(0, limit)),
 *   positionOf: ({ id }) => id,
 * });
 *
 * assert.deepEqual(await lastValueFrom(merged.events$.pipe(toArray())), log);
 * ```
 *
 * @returns The streams of one run. `events$` errors when `live$` does, or with the error for which `onFetchError`
 * said `'stop'`. Unsubscribing stops requests and timers at once; a later subscriber continues at the cursor.
 */
export const mergeHistory = <T>(options: MergeHistoryOptions<T>): MergedHistory<T> => {
  checkKinds({ options }, { options: required(OBJECT) });
  checkKinds(options, OPTIONS);
  const { live$, connected$, fetch, latest, positionOf, timeOf, onFetchError, after = -1 } = options;
  const { scheduler = asyncScheduler, requestTimeoutMs = 15_000 } = options;
  if (after === 'now' && latest === undefined) {
    throw new TypeError("mergeHistory: after: 'now' needs `latest` to know where now is.");
  }
  /** As long as a request is under way no other is made, so that one that hangs would be the last. */
  const ask = <A>(request: () => ObservableInput<A>): Observable<A> =>
    defer(request).pipe(
      timeout({
        first: clampDelay(requestTimeoutMs),
        scheduler,
        with: () => throwError(() => timedOut(requestTimeoutMs)),
      }),
    );
  const askLatest = latest && (() => ask(latest).pipe(map(asLatest)));
  const source: LogSource<T> = {
    settings: mergeSettings(options),
    attach: observedFeed({ live$, connected$, latest: askLatest }),
    fetch: (_, from, limit) => ask(() => fetch(from, limit)).pipe(map(asPage)),
    ...(askLatest && { locate: askLatest }),
    positionOf,
    ...(timeOf && { timeOf }),
    judge: (_, error) => judgedBy(onFetchError, error),
    scheduler,
    now: steadyClock(scheduler),
    random: options.random ?? Math.random,
  };
  return followLog(unfollowed(source, undefined, checkStart(after)));
};

const OPTIONS = {
  live$: required(OBSERVABLE),
  connected$: OBSERVABLE,
  fetch: required(FUNCTION),
  positionOf: required(FUNCTION),
  timeOf: FUNCTION,
  latest: FUNCTION,
  onFetchError: FUNCTION,
  requestTimeoutMs: TIME,
  scheduler: SCHEDULER,
  random: FUNCTION,
};

const timedOut = (afterMs: number): ComapiError =>
  new ComapiError({ kind: 'timeout', message: `History did not answer within ${afterMs} ms.` });

const asPage = <T>(items: readonly T[]): { readonly items: readonly T[] } => {
  if (Array.isArray(items)) return { items };
  throw new ComapiError({ kind: 'invalid-response', message: 'History did not answer with an array.' });
};

const asLatest = (position: number | undefined): number | undefined => {
  if (position === undefined || position === -1 || isPosition(position)) return position;
  throw new ComapiError({ kind: 'invalid-response', message: 'The highest position is not a position.' });
};

/** History is never given up by accident: not where the caller's judge throws or says what makes no sense. */
const judgedBy = (judge: ((error: unknown) => unknown) | undefined, error: unknown): FetchVerdict => {
  try {
    const verdict = judge?.(error);
    if (verdict === 'out-of-range') return { isOutOfRange: true };
    return isVerdict(verdict) ? verdict : 'retry';
  } catch {
    return 'retry';
  }
};

const isVerdict = (verdict: unknown): verdict is FetchVerdict => {
  if (typeof verdict !== 'object' || verdict === null) return verdict === 'stop';
  if ('retryAfterMs' in verdict) return Number.isFinite(verdict.retryAfterMs);
  return 'truncatedBefore' in verdict && isPosition(verdict.truncatedBefore);
};
