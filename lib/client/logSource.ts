import { Observable, tap } from 'rxjs';
import type { LogSource } from '../history/LogSource.js';
import { observedFeed } from '../history/observedFeed.js';
import type { AlarmClock } from '../stream/alarm.js';
import type { MergeSettings } from '../history/mergeSettings.js';
import type { SyncStatus } from '../history/SyncStatus.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { WatchRun } from './autoDeliver.js';
import type { FollowedTogether } from './followTogether.js';
import type { HistoryReader } from './historyReader.js';
import { judgeHistoryError } from './judgeHistoryError.js';
import { newToThisRun } from './newToThisRun.js';
import type { LogEvent } from './splitEvents.js';

/** What a log needs of its client. */
export interface LogParts
  extends FollowedTogether, AlarmClock, Pick<HistoryReader, 'readPage' | 'readLatest' | 'reportSkipped'> {
  readonly settings: MergeSettings;
  /** The numbered events of one conversation, live. */
  readonly feedOf: (conversationId: string) => Observable<LogEvent>;
  /** Every typed event that names a conversation, live. */
  readonly eventsAbout: (conversationId: string) => Observable<ComapiEvent>;
  readonly isMe: (profileId: string) => boolean;
  /** Sees what passes through each log that is followed. */
  readonly watchRun: WatchRun;
  /** Emits when the client ends all that runs. */
  readonly ended$: Observable<void>;
  readonly random: () => number;
}

/** Where one run through the log of a conversation gets all that it needs. */
export const logSource = (conversationId: string, parts: LogParts): LogSource<LogEvent> => {
  const { settings, scheduler, now, random } = parts;
  const { judge, succeeded } = judgeHistoryError(scheduler);
  const newAmong = newToThisRun();

  return {
    settings,
    quietMs: () => parts.quietMsFor(conversationId),
    attach: observedFeed({
      live$: parts.feedOf(conversationId),
      connected$: parts.openingsFor(conversationId),
      hints$: parts.hintsFor(conversationId),
      closed$: closingOf(conversationId, parts),
    }),
    // `reconnect()` revives a line that has failed.
    outlivesFeed: true,
    fetch: (_, from, limit) =>
      parts.readPage(conversationId, from, limit).pipe(
        tap(({ skipped }) => {
          succeeded();
          newAmong(skipped, from).forEach(parts.reportSkipped);
        }),
      ),
    locate: () => parts.readLatest(conversationId).pipe(tap(succeeded)),
    positionOf,
    timeOf,
    judge: (_, error) => judge(error),
    scheduler,
    now,
    random,
  };
};

type Reason = NonNullable<SyncStatus['closedBecause']>;

const closingOf = (conversationId: string, { eventsAbout, ended$, isMe }: LogParts): Observable<Reason> =>
  new Observable((subscriber) => {
    const follow = <A>(values$: Observable<A>, reasonOf: (value: A) => Reason | undefined): void => {
      const next = (value: A): void => {
        const reason = reasonOf(value);
        if (reason !== undefined) subscriber.next(reason);
      };
      const error = (failed: unknown): void => {
        subscriber.error(failed);
      };
      subscriber.add(values$.subscribe({ next, error }));
    };

    follow(eventsAbout(conversationId), (event) => {
      if (event.type === 'conversationDeleted') return 'deleted';
      return event.type === 'participantRemoved' && isMe(event.payload.profileId) ? 'removed' : undefined;
    });
    follow(ended$, () => 'client-closed');
  });

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
