import { catchError, EMPTY, map, type Observable, retry, type SchedulerLike, switchMap, timer } from 'rxjs';
import { clampDelay } from '../stream/backoff.js';
import type { MergeSettings } from '../history/mergeSettings.js';
import type { MessageFact } from '../projection/MessageFact.js';
import { pageFacts } from '../projection/pageFacts.js';
import type { HistoryReader } from '../log/historyReader.js';

export interface SecondLookOptions extends Pick<HistoryReader, 'readMessages'> {
  readonly conversationId: string;
  /** Where the page ends. */
  readonly from: number;
  readonly pageSize: number;
  /** From when on, in ms by the scheduler, what a page does not show does not exist. */
  readonly provenAt: number;
  readonly settings: Pick<MergeSettings, 'repollMs'>;
  readonly scheduler: SchedulerLike;
}

/** How often a request that fails is made again. */
const MOST_RETRIES = 5;

/**
 * Reads a page once more as soon as it is a proof: a server may show the newest of a log before what is below it.
 *
 * @returns What the page says; nothing where it was a proof the first time, or cannot be read. It never errors.
 */
export const secondLook = (options: SecondLookOptions): Observable<readonly MessageFact[]> => {
  const { conversationId, from, pageSize, provenAt, settings, scheduler, readMessages } = options;
  const leftMs = provenAt - scheduler.now();
  if (leftMs <= 0) return EMPTY;
  return timer(clampDelay(leftMs), scheduler).pipe(
    switchMap(() => readMessages(conversationId, { from, limit: pageSize })),
    retry({ count: MOST_RETRIES, delay: () => timer(settings.repollMs, scheduler) }),
    map(pageFacts),
    catchError(() => EMPTY),
  );
};
