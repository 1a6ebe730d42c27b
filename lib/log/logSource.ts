import { catchError, concat, EMPTY, ignoreElements, type Observable, tap, throwError } from 'rxjs';
import type { AlarmClock } from '../stream/alarm.js';
import type { DecodeError } from '../wire/DecodeError.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { LogSource } from '../history/LogSource.js';
import type { MergeSettings } from '../history/mergeSettings.js';
import type { LogEvent } from '../feed/splitEvents.js';
import type { FollowedTogether } from './followTogether.js';
import type { HistoryReader } from './historyReader.js';
import { isGoneForGood, judgedFor, type Repute, succeeded, unasked } from './judgeHistoryError.js';
import { isGone, keptFrom } from './keptFrom.js';
import { newToThisRun } from './newToThisRun.js';
import { sizeOf } from './sizeOf.js';

/** What logs need of their client. */
export interface LogParts
  extends
    AlarmClock,
    Pick<FollowedTogether, 'attach' | 'quietMsFor'>,
    Pick<HistoryReader, 'readPage' | 'readLatest' | 'reportSkipped'> {
  readonly settings: MergeSettings;
  readonly random: () => number;
}

/** Which conversation a log is of, and what is to be remembered of that for one run. */
export interface LogPlace extends Repute {
  readonly conversationId: string;
  /** Whether what has no type here is put aside. */
  readonly putsAside: boolean;
  /** Nearly every log can be understood. */
  newAmong: ReturnType<typeof newToThisRun> | undefined;
}

/** The place of one run. */
export const placeOf = (conversationId: string, { putsAside = false } = {}): LogPlace => ({
  conversationId,
  putsAside,
  newAmong: undefined,
  ...unasked(),
});

/** Where all logs of a client get what they need. */
export const logSource = (parts: LogParts): LogSource<LogEvent, LogPlace> => {
  const { settings, scheduler, now, random } = parts;

  const report = (place: LogPlace, skipped: readonly DecodeError[], from: number): void => {
    if (skipped.length === 0) return;
    place.newAmong ??= newToThisRun();
    place.newAmong(skipped, from).forEach(parts.reportSkipped);
  };

  const noteKept = (place: LogPlace, gone: number): Observable<never> =>
    keptFrom(parts, place.conversationId, gone).pipe(
      tap((position) => {
        place.keptFrom = position;
      }),
      ignoreElements(),
    );

  return {
    settings,
    quietMs: ({ conversationId }) => parts.quietMsFor(conversationId),
    attach: (log, { conversationId }) => parts.attach(log, conversationId),
    // `reconnect()` revives a line that has failed.
    outlivesFeed: true,
    fetch: (place, from, limit) =>
      parts.readPage(place.conversationId, from, limit).pipe(
        tap(({ skipped }) => {
          succeeded(place);
          report(place, skipped, from);
        }),
        catchError((error: unknown) => {
          const isToBeFound = isGone(error) && isGoneForGood(place, scheduler);
          return concat(
            isToBeFound ? noteKept(place, from) : EMPTY,
            throwError(() => error),
          );
        }),
      ),
    locate: (place) =>
      parts.readLatest(place.conversationId).pipe(
        tap(() => {
          succeeded(place);
        }),
      ),
    positionOf,
    timeOf,
    weigh: sizeOf,
    isAside: (event, { putsAside }) => putsAside && !isTyped(event),
    judge: (place, error, highestKnown) => judgedFor(place, error, { clock: scheduler, highestKnown }),
    scheduler,
    now,
    random,
  };
};

const positionOf = (event: LogEvent): number => event.conversationEventId ?? -1;

/** What has a type here; the rest of a log only takes its place. */
export const isTyped = (event: LogEvent): event is ConversationMessageEvent => 'payload' in event;

/**
 * When the server took the event in. Only a sent message tells: the time of a status is what the client that
 * set it claims.
 */
const timeOf = (event: LogEvent): number | undefined => {
  if (!isTyped(event) || event.name !== 'conversationMessage.sent') return undefined;
  const { context } = event.payload;
  if (typeof context !== 'object' || context === null || !('sentOn' in context)) return undefined;
  return typeof context.sentOn === 'string' ? Date.parse(context.sentOn) : undefined;
};
