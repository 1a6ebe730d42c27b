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
   * Items as they come, in any order, some twice, some never. When it completes, what history still has
   * is read, then the result completes. Its error is passed on.
   */
  readonly live$: Observable<T>;
  /** Whether the live feed is attached; each rise is a new epoch, in which history is read anew. Default: always. */
  readonly connected$?: Observable<boolean>;
  /**
   * The items at or after `from`, the lowest first: all of them or some, in any order. What lies between two
   * items of an answer is taken not to exist once it had time to; an empty answer is the end. The first value
   * counts. One that has not come within `requestTimeoutMs` is let go of and counts as failed.
   */
  readonly fetch: (from: number, limit: number) => ObservableInput<readonly T[]>;
  /** The position of an item: a safe integer of at least 0. An item without one is skipped. */
  readonly positionOf: (item: T) => number;
  /** The server's time of an item, in ms: lets old holes be passed at once. */
  readonly timeOf?: (item: T) => number | undefined;
  /** The highest position that the server knows. Read once per epoch, and when the log seems to have begun anew. */
  readonly latest?: () => ObservableInput<number | undefined>;
  /**
   * What a failed `fetch` means. Default: `'retry'`, after 0.5 s up to 30 s with full jitter. `'out-of-range'` is no
   * failure but an empty answer: the server says that there is nothing at or after `from`.
   */
  readonly onFetchError?: (
    error: unknown,
  ) =>
    | 'retry'
    | 'stop'
    | 'out-of-range'
    | { readonly retryAfterMs: number }
    | { readonly truncatedBefore: number };
  /** How long an answer may take, in milliseconds, of `fetch` and of `latest`. `Infinity`: for ever. Default: 15,000 ms. */
  readonly requestTimeoutMs?: number;
  /** The last position already handled; -1, the default, is the beginning; `'now'` needs `latest`. */
  readonly after?: number | 'now';
  /** The clock and timers. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Source of jitter in [0, 1). Default: `Math.random`. */
  readonly random?: () => number;
}

/**
 * Merges a live feed with its paged history into one stream: each item once, in order of position, none
 * skipped in silence, over any number of drops.
 *
 *     live:    ------5--7--6-----
 *     fetch:   -(34)-------------
 *     events:  -(34)-5-----(67)--    after: 2
 *
 * The feed is attached before the first request. A gap in it is awaited for a moment, then read from
 * history; positions that history shows not to exist come out of `holes$`, those it cannot show out of
 * `discontinuities$`. Memory is bounded: history holds whatever does not fit.
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
 * @returns Streams of one run. `events$` errors when `live$` does, or with the error that `onFetchError`
 * answered with `'stop'`. Unsubscribing stops requests and timers at once, and keeps the cursor.
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
