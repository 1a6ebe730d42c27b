import { defer, distinctUntilChanged, noop, type Observable, Subscription, take } from 'rxjs';
import type { Log } from './LogSource.js';
import * as Told from './logFacts.js';
import type { SyncStatus } from './SyncStatus.js';

/** What happens to a log, as streams. */
export interface ObservedFeed<T> {
  /** Items as they come. When it completes, what history still has is read, then the log is over. */
  readonly live$: Observable<T>;
  /** The present state of the line on subscription, then each change. Default: always open. */
  readonly connected$?: Observable<boolean> | undefined;
  /** Says why the log ends, when it does. */
  readonly closed$?: Observable<NonNullable<SyncStatus['closedBecause']>>;
  /** Where the log ends now, as a hint that is worth one request for each open line. */
  readonly latest?: (() => Observable<number | undefined>) | undefined;
  /** Positions of which somebody learns now and then that they exist. */
  readonly hints$?: Observable<number>;
}

/** Attaches streams to a log for as long as it has a consumer. If one of them fails, so does the feed. */
export const observedFeed =
  <T>({ live$, connected$, closed$, latest, hints$ }: ObservedFeed<T>) =>
  (log: Log<T>): Subscription => {
    const ties = new Subscription();

    const follow = <A>(
      values$: Observable<A> | undefined,
      tell: (log: Log<T>, value: A) => void,
      complete?: () => void,
    ): void => {
      if (values$ === undefined) return;
      const next = (value: A): void => {
        tell(log, value);
      };
      const error = (failed: unknown): void => {
        Told.failed(log, failed);
      };
      ties.add(values$.subscribe({ next, error, ...(complete && { complete }) }));
    };

    const tellLine = (_: Log<T>, isOpen: boolean): void => {
      Told.line(log, isOpen);
      if (isOpen && latest !== undefined && log.isLocated) takeHint(latest);
    };

    const takeHint = (ask: () => Observable<number | undefined>): void => {
      const hint = defer(ask)
        .pipe(take(1))
        .subscribe({
          next: (position = -1) => {
            Told.latest(log, position);
          },
          // Only a hint: reading history finds the same, later.
          error: noop,
        });
      ties.add(hint);
    };

    follow(live$, Told.item<T>, () => {
      Told.finished(log);
    });
    follow(closed$, Told.closed<T>);
    if (connected$ === undefined) tellLine(log, true);
    else follow(connected$.pipe(distinctUntilChanged()), tellLine);
    follow(hints$, Told.hint<T>);
    return ties;
  };
