import {
  catchError,
  concatMap,
  EMPTY,
  exhaustMap,
  map,
  merge,
  type Observable,
  type SchedulerLike,
  share,
  tap,
} from 'rxjs';
import type { MergeSettings } from '../history/mergeCore.js';
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
  /** Positions that exist by what a list of all conversations says; silent while few are followed. */
  hintsFor(conversationId: string): Observable<number>;
  /** How long this conversation may be quiet, from now on, before it is looked at by itself. */
  quietMsFor(conversationId: string): number;
}

/** As many conversations are each looked at by themselves. */
const ONE_BY_ONE = 20;

/** Creates the company in which the logs of one client are followed. It holds nothing while nobody follows. */
export const followTogether = (parts: FollowTogetherParts): FollowedTogether => {
  const { maxConcurrent, scheduler } = parts;
  const isOpen$ = parts.status$.pipe(map(({ state }) => state === 'connected'));
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
    share(),
  );

  const looked$ = parts.looks$.pipe(
    exhaustMap(() => parts.readLatestOfAll().pipe(catchError(() => EMPTY))),
    share(),
  );

  return {
    openingsFor: (id) => {
      const isFirst = (): boolean => followed.isAmongFirst(id, maxConcurrent);
      return followed.during(id, isOpen$.pipe(spreadReopens({ ...parts, isFirst })));
    },
    hintsFor: (id) =>
      merge(latest$, looked$).pipe(
        concatMap((positions) => {
          const position = positions.get(id);
          return position === undefined ? [] : [position];
        }),
      ),
    quietMsFor: (id) => {
      const { count } = followed;
      const number = followed.numberOf(id);
      const isWatched = count > ONE_BY_ONE && latest.has(id);
      if (!isWatched || number === undefined || idleProbeMs === Infinity) return idleProbeMs;
      return untilTurn({ now: scheduler.now(), idleProbeMs, count, number });
    },
  };
};
