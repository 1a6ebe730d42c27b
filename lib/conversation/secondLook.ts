import {
  catchError,
  defer,
  EMPTY,
  expand,
  map,
  type Observable,
  retry,
  type SchedulerLike,
  switchMap,
  timer,
} from 'rxjs';
import { clampDelay } from '../stream/backoff.js';
import type { MessagePage } from '../wire/MessagePage.js';
import type { MergeSettings } from '../history/mergeSettings.js';
import type { MessageFact } from '../projection/MessageFact.js';
import { pageFacts } from '../projection/pageFacts.js';
import type { HistoryReader } from '../log/historyReader.js';

export interface SecondLookOptions extends Pick<HistoryReader, 'readMessages'> {
  readonly conversationId: string;
  /** The highest and the lowest position that are looked at. */
  readonly from: number;
  readonly downTo: number;
  readonly pageSize: number;
  /** From when on, in ms by the scheduler, what a page does not show does not exist. */
  readonly provenAt: number;
  readonly settings: Pick<MergeSettings, 'repollMs'>;
  readonly scheduler: SchedulerLike;
}

/** How often a request that fails is made again. */
const MOST_RETRIES = 5;

/** A server may give less at once than it did before. */
const MOST_PAGES = 10;

/**
 * Reads a page once more as soon as it is a proof: a server may show the newest of a log before what is below it.
 *
 * @returns What is there; nothing where it was a proof the first time, or cannot be read. It never errors.
 */
export const secondLook = (options: SecondLookOptions): Observable<readonly MessageFact[]> => {
  const { conversationId, from, downTo, pageSize, provenAt, settings, scheduler, readMessages } = options;
  const leftMs = provenAt - scheduler.now();
  if (leftMs <= 0) return EMPTY;
  const page = (top: number): Observable<MessagePage> =>
    defer(() => readMessages(conversationId, { from: top, limit: pageSize })).pipe(
      retry({ count: MOST_RETRIES, delay: () => timer(settings.repollMs, scheduler) }),
    );
  return timer(clampDelay(leftMs), scheduler).pipe(
    switchMap(() => page(from)),
    expand(({ earliestEventId = 0 }, index) =>
      earliestEventId > downTo && index + 1 < MOST_PAGES ? page(earliestEventId - 1) : EMPTY,
    ),
    map(pageFacts),
    catchError(() => EMPTY),
  );
};
