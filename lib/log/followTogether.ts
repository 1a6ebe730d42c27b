import {
  catchError,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  map,
  merge,
  noop,
  type Observable,
  type SchedulerLike,
  Subscription,
  tap,
  type Unsubscribable,
} from 'rxjs';
import { shareLatest } from '../stream/shareLatest.js';
import type { ConnectionStatus } from '../transport/ConnectionStatus.js';
import * as Told from '../history/logFacts.js';
import type { Log } from '../history/LogSource.js';
import type { MergeSettings } from '../history/mergeSettings.js';
import { type LogEvent, type LogListeners, numbered } from '../feed/splitEvents.js';
import { closedBy } from './closedBy.js';
import { followedLogs } from './followedLogs.js';
import { latestOfAll, type LatestPositions, NOTHING } from './latestOfAll.js';
import { untilTurn } from './probeTurns.js';
import { spreadReopens, stopWaiting, type ToldLine, untold } from './spreadReopens.js';

export interface FollowTogetherParts {
  readonly merge: MergeSettings;
  readonly maxConcurrent: number;
  readonly status$: Observable<ConnectionStatus>;
  /** Whoever is subscribed to it wants the line. It ends as the streams of the line do, in whatever way. */
  readonly line$: Observable<unknown>;
  /** Emits when the client ends all that runs. */
  readonly ended$: Observable<void>;
  readonly isMe: (profileId: string) => boolean;
  readonly readLatestOfAll: () => Observable<LatestPositions>;
  /** Occasions on which it is worth a request to look where all of them end. */
  readonly looks$: Observable<unknown>;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** A log that is followed. */
export interface Follower extends ToldLine {
  readonly conversationId: string;
  readonly log: Log<LogEvent>;
  /** Its consumer is there; whoever comes after it is another follower. */
  isHere: boolean;
}

/** What the logs of a client have in common, and do for each other, so that many of them are no burden to the server. */
export interface FollowedTogether extends LogListeners<readonly Follower[]> {
  /**
   * Begins to tell a log what happens to its conversation, which counts as followed meanwhile. Where more are followed
   * than may be read at once, those that came last learn a little later that the line is back.
   */
  attach(log: Log<LogEvent>, conversationId: string): Unsubscribable;
  /** Somebody else knows that a position exists. */
  hint(conversationId: string, position: number): void;
  /** How long this conversation may be quiet, from now on, before it is looked at by itself. */
  quietMsFor(conversationId: string): number;
}

/** As many conversations are each looked at by themselves. */
const ONE_BY_ONE = 20;

/**
 * Creates the company in which the logs of one client are followed. It holds nothing while nobody follows, and what it
 * holds then, it holds once for all: ten thousand logs are ten thousand entries of a register.
 */
export const followTogether = (parts: FollowTogetherParts): FollowedTogether => {
  const { maxConcurrent, scheduler, isMe } = parts;
  const isOpen$ = parts.status$.pipe(
    map(({ state }) => state === 'connected'),
    distinctUntilChanged(),
    shareLatest(),
  );
  const { idleProbeMs, repollMs } = parts.merge;
  const followed = followedLogs<Follower>();
  let latest = NOTHING;
  let isOpen: boolean | undefined;
  let ties = Subscription.EMPTY;

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

  const tellLine = spreadReopens<Follower>({
    ...parts,
    isFirst: ({ conversationId }) => followed.isAmongFirst(conversationId, maxConcurrent),
    tell: ({ log }, isOpenNow) => {
      Told.line(log, isOpenNow);
    },
  });

  const hint = (id: string, position: number): void => {
    for (const { log } of followed.of(id)) Told.hint(log, position);
  };

  /** It is over for all who follow now; whoever comes later begins anew. */
  const endAll = (tell: (log: Log<LogEvent>) => void): void => {
    ties.unsubscribe();
    for (const { log, isHere } of followed.all()) if (isHere) tell(log);
  };

  const failAll = (error: unknown): void => {
    endAll((log) => {
      Told.failed(log, error);
    });
  };

  const begin = (): void => {
    const begun = new Subscription();
    ties = begun;
    isOpen = undefined;
    const follow = <A>(values$: Observable<A>, next: (value: A) => void, complete?: () => void): void => {
      if (begun.closed) return;
      begun.add(values$.subscribe({ next, error: failAll, ...(complete && { complete }) }));
    };

    follow(parts.ended$, () => {
      endAll((log) => {
        Told.closed(log, 'client-closed');
      });
    });
    follow(parts.line$, noop, () => {
      endAll(Told.finished);
    });
    follow(isOpen$, (isOpenNow) => {
      isOpen = isOpenNow;
      for (const follower of followed.all()) if (follower.isHere) tellLine(follower, isOpenNow);
    });
    follow(merge(latest$, looked$), (positions) => {
      for (const [id, position] of positions) if (position !== undefined) hint(id, position);
    });
  };

  return {
    attach: (log, conversationId) => {
      const follower: Follower = { conversationId, log, isHere: true, ...untold() };
      // First the ear, then the line: nothing that the line says at once is missed.
      followed.enter(follower);
      if (ties.closed) begin();
      else if (isOpen !== undefined) tellLine(follower, isOpen);
      return {
        unsubscribe: () => {
          follower.isHere = false;
          stopWaiting(follower);
          followed.leave(follower);
          if (followed.count === 0) ties.unsubscribe();
        },
      };
    },
    of: followed.of,
    tell: (followers, event) => {
      const item = numbered(event);
      const reason = closedBy(event, isMe);
      for (const { log, isHere } of followers) {
        // Who has left meanwhile is told nothing more.
        if (!isHere) continue;
        if (item !== undefined) Told.item(log, item);
        else if (reason !== undefined) Told.closed(log, reason);
      }
    },
    hint,
    quietMsFor: (id) => {
      const { count } = followed;
      const number = followed.numberOf(id);
      const isWatched = count > ONE_BY_ONE && latest.has(id);
      if (!isWatched || number === undefined || idleProbeMs === Infinity) return idleProbeMs;
      return untilTurn({ now: scheduler.now(), idleProbeMs, count, number });
    },
  };
};
