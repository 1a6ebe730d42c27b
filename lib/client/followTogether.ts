import {
  catchError,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  map,
  merge,
  type Observable,
  type SchedulerLike,
  shareReplay,
  Subscription,
  tap,
} from 'rxjs';
import type { MergeSettings } from '../history/mergeSettings.js';
import { routeBy } from '../stream/routeBy.js';
import type { ConnectionStatus } from '../transport/ConnectionStatus.js';
import { followedConversations } from './followedConversations.js';
import { latestOfAll, type LatestPositions, NOTHING } from './latestOfAll.js';
import { untilTurn } from './probeTurns.js';
import { spreadReopens } from './spreadReopens.js';

export interface FollowTogetherParts {
  readonly merge: MergeSettings;
  readonly maxConcurrent: number;
  readonly status$: Observable<ConnectionStatus>;
  readonly readLatestOfAll: () => Observable<LatestPositions>;
  /** Occasions on which it is worth a request to look where all of them end. */
  readonly looks$: Observable<unknown>;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** What the logs of a client do for each other, so that many of them are no burden to the server. */
export interface FollowedTogether {
  /**
   * Whether the line is open, as this conversation is to learn it; meanwhile it counts as followed. Where more are
   * followed than may be read at once, those that came last learn a little later that the line is back.
   */
  openingsFor(conversationId: string): Observable<boolean>;
  /** Positions that exist by what a list of all conversations says, which is silent while few are followed, or by `hint`. */
  hintsFor(conversationId: string): Observable<number>;
  /** Somebody else knows that a position exists. */
  hint(conversationId: string, position: number): void;
  /** How long this conversation may be quiet, from now on, before it is looked at by itself. */
  quietMsFor(conversationId: string): number;
}

/** As many conversations are each looked at by themselves. */
const ONE_BY_ONE = 20;

/** Creates the company in which the logs of one client are followed. It holds nothing while nobody follows. */
export const followTogether = (parts: FollowTogetherParts): FollowedTogether => {
  const { maxConcurrent, scheduler } = parts;
  const isOpen$ = parts.status$.pipe(
    map(({ state }) => state === 'connected'),
    distinctUntilChanged(),
    // One look at the line for all.
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const { idleProbeMs, repollMs } = parts.merge;
  const followed = followedConversations();
  let latest = NOTHING;

  const latest$ = latestOfAll({
    count$: followed.count$,
    isOpen$,
    moreThan: ONE_BY_ONE,
    everyMs: Math.max(idleProbeMs, repollMs, 1),
    read: parts.readLatestOfAll,
    scheduler,
  }).pipe(
    tap({
      next: (positions) => {
        latest = positions;
      },
      finalize: () => {
        latest = NOTHING;
      },
    }),
  );

  const looked$ = parts.looks$.pipe(exhaustMap(() => parts.readLatestOfAll().pipe(catchError(() => EMPTY))));

  // Asked for once for all, and told to each by look-up: ten thousand filters would all see each list.
  let asking = Subscription.EMPTY;
  const hints = routeBy<string, number>({
    wanted: () => {
      asking = new Subscription();
      asking.add(merge(latest$, looked$).subscribe({ next: hint, error: hints.error }));
    },
    unwanted: () => {
      asking.unsubscribe();
    },
  });
  const hint = (positions: LatestPositions): void => {
    for (const [id, position] of positions) if (position !== undefined) hints.next(id, position);
  };

  return {
    openingsFor: (id) => {
      const isFirst = (): boolean => followed.isAmongFirst(id, maxConcurrent);
      return followed.during(id, isOpen$.pipe(spreadReopens({ ...parts, isFirst })));
    },
    hintsFor: hints.to,
    hint: hints.next,
    quietMsFor: (id) => {
      const { count } = followed;
      const number = followed.numberOf(id);
      const isWatched = count > ONE_BY_ONE && latest.has(id);
      if (!isWatched || number === undefined || idleProbeMs === Infinity) return idleProbeMs;
      return untilTurn({ now: scheduler.now(), idleProbeMs, count, number });
    },
  };
};
