import { finalize, map, type Observable, Subject, tap } from 'rxjs';
import type { MessagePage } from '../wire/MessagePage.js';
import { followLog, unfollowed } from '../history/followLog.js';
import type { LogSource } from '../history/LogSource.js';
import type { MergedHistory } from '../history/MergedHistory.js';
import { isPageIncomplete } from '../projection/pageFacts.js';
import type { TimelineWindow } from '../projection/timelineWindow.js';
import type { LogEvent } from '../feed/splitEvents.js';
import type { HistoryReader } from '../log/historyReader.js';
import { succeeded } from '../log/judgeHistoryError.js';
import { type LogParts, type LogPlace, placeOf } from '../log/logSource.js';
import type { WatchRun } from './deliverFollowed.js';

export interface TailParts extends LogParts, Pick<HistoryReader, 'readMessages'> {
  readonly source: LogSource<LogEvent, LogPlace>;
  /** Sees what passes through each log that is followed. */
  readonly watchRun: WatchRun;
}

export interface TailOptions {
  readonly conversationId: string;
  readonly pageSize: number;
  readonly windowLimit: number;
}

/** The newest end of a conversation: its newest page, and the log from there on. */
export interface TimelineTail extends MergedHistory<LogEvent> {
  /** Emits when the newest page has come into the window, and the log knows where it goes on. */
  readonly begun$: Observable<void>;
}

/**
 * Makes the log of a timeline: it begins where the newest page of messages ends.
 *
 * The page is what the log asks for to know where now is. So the feed is attached before, a failure is judged and
 * repeated as it is for any log, and what comes live meanwhile is not missed.
 */
export const timelineTail = (
  window: TimelineWindow,
  { conversationId, pageSize, windowLimit }: TailOptions,
  parts: TailParts,
): TimelineTail => {
  const begun$ = new Subject<void>();
  let isUntold = false;

  const begin = (page: MessagePage): number => {
    isUntold = true;
    window.begin(page);
    window.dropOldest(windowLimit);
    return lastSettled(page, parts.settings.pageSize);
  };

  const source: TailParts['source'] = {
    ...parts.source,
    locate: (place) =>
      parts.readMessages(conversationId, { limit: pageSize }).pipe(
        map(begin),
        // After the log has been told; not where the page did not come.
        finalize(() => {
          if (isUntold) begun$.next();
          isUntold = false;
        }),
        tap(() => {
          succeeded(place);
        }),
      ),
  };
  const log = followLog(unfollowed(source, placeOf(conversationId), 'now'));
  return { ...log, events$: log.events$.pipe(parts.watchRun(conversationId, log.status$)), begun$ };
};

/**
 * Up to where the log need not be read again. A page may show an entry before the one below it has become visible, and
 * it does not tell statuses one by one. So the log reads the last entries once more: no more than fit into its first
 * request, which it makes anyway.
 */
const lastSettled = (page: MessagePage, oneRequest: number): number => {
  const { latestEventId: latest = -1, earliestEventId: earliest = 0 } = page;
  return Math.max(-1, Math.min(latest - oneRequest, isPageIncomplete(page) ? earliest - 1 : latest));
};
