import { defer, filter, map, type Observable, type SchedulerLike, switchMap, take } from 'rxjs';
import { limitConcurrency } from '../stream/limitConcurrency.js';
import { sharedFlights } from '../stream/sharedFlights.js';
import type { DecodeError } from '../wire/DecodeError.js';
import type { MessagePage } from '../wire/MessagePage.js';
import { type Circumstances, untilPossible } from '../transport/Circumstances.js';
import type { ListedConversation } from '../rest/ListedConversation.js';
import type { Rest } from '../rest/Rest.js';
import type { LogPage } from '../history/LogSource.js';
import type { LogEvent } from '../feed/splitEvents.js';
import { emptyBeyondEnd, type EmptyBeyondEndParts } from './emptyBeyondEnd.js';
import { type LatestPositions, NOTHING } from './latestOfAll.js';
import { type Patient, respectRetryAfter } from './respectRetryAfter.js';

export interface HistoryReaderParts extends EmptyBeyondEndParts {
  readonly listConversations: Rest['listConversations'];
  /** Nothing is asked for while this is false. */
  readonly isEnabled$: Observable<boolean>;
  /** Nor while these say that it would be in vain: it would only ask for tokens. */
  readonly circumstances: Circumstances;
  readonly maxConcurrent: number;
  readonly report: (skipped: DecodeError) => void;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** A page with what in it could not be understood. */
export interface HistoryPage extends LogPage<LogEvent> {
  readonly skipped: readonly DecodeError[];
}

interface MessageRange {
  readonly from?: number;
  readonly limit: number;
}

/** What the logs of a client want to know of the server. */
export interface HistoryReader {
  /** Lets a request wait until the client may ask, until it is its turn, and until the server wants to hear it. */
  inTurn<A>(request$: Observable<A>): Observable<A>;
  /** Lets a request wait until the server wants to hear it. */
  readonly patient: Patient;
  readPage(conversationId: string, from: number, limit: number): Observable<HistoryPage>;
  /** Reports an item of a page: one that several logs share, once. */
  reportSkipped(skipped: DecodeError): void;
  /** A page of messages: the newest, or the one that ends with `from`. */
  readMessages(conversationId: string, range: MessageRange): Observable<MessagePage>;
  /** The highest id of a conversation; undefined when it is empty. */
  readLatest(conversationId: string): Observable<number | undefined>;
  /** The latest message of each of my conversations; empty where the server does not say. */
  readLatestOfAll(): Observable<LatestPositions>;
}

/**
 * Reads history for all logs of a client, a few requests at a time.
 *
 * Logs and timelines that want the same page share the request under way. What a page does not show is proof only from
 * the moment on at which it was asked for, so a page says when that was.
 */
export const historyReader = (parts: HistoryReaderParts): HistoryReader => {
  const { listMessages, listConversations, scheduler } = parts;
  const readEvents = emptyBeyondEnd(parts);
  const limited = limitConcurrency(parts.maxConcurrent);
  const patient = respectRetryAfter(parts);
  const pages = sharedFlights<HistoryPage>();
  const messagePages = sharedFlights<MessagePage>();
  const reported = new WeakSet<DecodeError>();

  const inTurn = <A>(request$: Observable<A>): Observable<A> =>
    parts.isEnabled$.pipe(
      filter(Boolean),
      take(1),
      switchMap(() => untilPossible(parts.circumstances)),
      switchMap(() => limited(patient(request$))),
    );

  const readPage: HistoryReader['readPage'] = (conversationId, from, limit) =>
    pages(JSON.stringify([conversationId, from, limit]), () => {
      const sent$ = defer(() => {
        const askedAt = scheduler.now();
        return readEvents(conversationId, { from, limit }).pipe(map((answer) => ({ ...answer, askedAt })));
      });
      return inTurn(sent$).pipe(
        map(({ page, skipped, placeless, servedAt, endsAt, askedAt }) => {
          const items = [...page.events, ...page.others];
          // What has no place hides nothing, unless there is so much of it that the rest had no room.
          const isCrowded = items.length + placeless >= limit;
          const strays = skipped.length - (isCrowded ? 0 : placeless);
          return { items, servedAt, strays, askedAt, endsAt, skipped };
        }),
      );
    });

  const readMessages = (conversationId: string, range: MessageRange): Observable<MessagePage> =>
    inTurn(defer(() => listMessages(conversationId, range)));

  return {
    inTurn,
    patient,
    readPage,
    reportSkipped: (skipped) => {
      if (reported.has(skipped)) return;
      reported.add(skipped);
      parts.report(skipped);
    },
    readMessages: (conversationId, range) =>
      messagePages(JSON.stringify([conversationId, range]), () => readMessages(conversationId, range)),
    readLatest: (conversationId) =>
      readMessages(conversationId, { limit: 1 }).pipe(map(({ latestEventId }) => latestEventId)),
    readLatestOfAll: () =>
      inTurn(defer(() => listConversations({ scope: 'participant' }))).pipe(map(latestPositions)),
  };
};

/** A server that never says where a conversation ends is not taken for one in which nothing happens. */
const latestPositions = (list: readonly ListedConversation[]): LatestPositions =>
  list.some(({ latestSentEventId }) => latestSentEventId !== undefined)
    ? new Map(list.map(({ id, latestSentEventId }) => [id, latestSentEventId]))
    : NOTHING;
