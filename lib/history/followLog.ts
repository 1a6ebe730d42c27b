import { defer, distinctUntilChanged, map, Observable, startWith } from 'rxjs';
import { joined, left, NOBODY } from '../stream/audience.js';
import { freeTurn, inTurn } from '../stream/turn.js';
import { release, start } from './logRun.js';
import type { Log, LogSource } from './LogSource.js';
import { LOCATING_OUTLET, LOG_OUTLET } from './logOutlet.js';
import { sideOf } from './logSides.js';
import * as Core from './mergeCore.js';
import type { MergedHistory } from './MergedHistory.js';
import { isSameStatus, type SyncStatus } from './SyncStatus.js';

/**
 * A log that nobody follows yet.
 *
 * @param place What tells it from others of its kind.
 * @param after The last position already settled; -1 = from the beginning; `'now'` = ask where that is.
 */
export const unfollowed = <T, P>(source: LogSource<T, P>, place: P, after: number | 'now'): Log<T> => ({
  // Named ones first: so engines give all logs one shape. After a spread each would have a shape of its own.
  source,
  place,
  audience: NOBODY,
  sides: undefined,
  run: undefined,
  keepsUp: true,
  alarm: undefined,
  failure: undefined,
  ...freeTurn(),
  ...Core.atRest<T, Log<T>>(
    after,
    source.settings,
    source.locate === undefined ? LOG_OUTLET : LOCATING_OUTLET,
  ),
});

/** Its streams. They hold nothing of their own, so it may have any number of them. */
export const followLog = <T>(log: Log<T>): MergedHistory<T> => ({
  events$: eventsOf(log),
  status$: statusOf(log),
  discontinuities$: sideOf(log, 'discontinuities'),
  holes$: sideOf(log, 'holes'),
  late$: sideOf(log, 'late'),
});

/** Its items. The first subscriber starts it, the last one stops it. */
export const eventsOf = <T>(log: Log<T>): Observable<T> =>
  new Observable((subscriber) => {
    if (log.failure !== undefined) {
      subscriber.error(log.failure.error);
    } else if (log.isOver) {
      subscriber.complete();
    } else {
      log.audience = joined(log.audience, subscriber);
      subscriber.add(() => {
        const rest = left(log.audience, subscriber);
        if (rest === log.audience) return;
        log.audience = rest;
        // Not in turn: whoever leaves in the middle of a page must not be given the rest of it.
        if (rest === NOBODY) release(log);
      });
      if (log.audience.length === 1) inTurn(log, start<T>, undefined);
    }
  });

/** How far it has come, now and from now on. */
export const statusOf = <T>(log: Log<T>): Observable<SyncStatus> =>
  defer(() =>
    sideOf(log, 'changes').pipe(
      startWith(undefined),
      map(() => Core.status(log)),
      distinctUntilChanged(isSameStatus),
    ),
  );
