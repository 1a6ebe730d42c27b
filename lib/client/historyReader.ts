import {
  defer,
  filter,
  finalize,
  map,
  type Observable,
  type SchedulerLike,
  share,
  switchMap,
  take,
} from 'rxjs';
import type { LogPage } from '../history/LogSource.js';
import type { ConversationSummary } from '../rest/ConversationSummary.js';
import type { EventPageRead } from '../rest/listEvents.js';
import type { Rest } from '../rest/Rest.js';
import { limitConcurrency } from '../stream/limitConcurrency.js';
import type { DecodeError } from '../wire/DecodeError.js';
import { type LatestPositions, NOTHING } from './latestOfAll.js';
import { respectRetryAfter } from './respectRetryAfter.js';
import type { LogEvent } from './splitEvents.js';

export interface HistoryReaderParts {
  readonly readEvents: (
    conversationId: string,
    range: { readonly from: number; readonly limit: number },
  ) => Observable<EventPageRead>;
  readonly listMessages: Rest['listMessages'];
  readonly listConversations: Rest['listConversations'];
  /** Nothing is asked for while this is false. */
  readonly isEnabled$: Observable<boolean>;
  readonly maxConcurrent: number;
  readonly report: (skipped: DecodeError) => void;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** What the logs of a client want to know of the server. */
export interface HistoryReader {
  readPage(conversationId: string, from: number, limit: number): Observable<LogPage<LogEvent>>;
  /** The highest id of a conversation; undefined when it is empty. */
  readLatest(conversationId: string): Observable<number | undefined>;
  /** The latest message of each of my conversations; empty where the server does not say. */
  readLatestOfAll(): Observable<LatestPositions>;
}

interface Flight {
  readonly page$: Observable<LogPage<LogEvent>>;
  /** When the request went out; absent while it waits for its turn. */
  sentAt?: number;
}

/**
 * Reads history for all logs of a client, a few requests at a time, and reports what in a page could not be placed.
 *
 * Logs that want the same page share one request, but only where it went out no earlier than they asked: what a
 * page does not show is proof only from the moment on at which it was asked for.
 */
export const historyReader = (parts: HistoryReaderParts): HistoryReader => {
  const { readEvents, listMessages, listConversations, scheduler } = parts;
  const limited = limitConcurrency(parts.maxConcurrent);
  const patient = respectRetryAfter(parts);
  const flights = new Map<string, Flight>();

  const inTurn = <A>(request$: Observable<A>): Observable<A> =>
    parts.isEnabled$.pipe(
      filter(Boolean),
      take(1),
      switchMap(() => limited(patient(request$))),
    );

  const takeOff = (key: string, read$: Observable<EventPageRead>): Flight => {
    const sent$ = defer(() => {
      flight.sentAt = scheduler.now();
      return read$;
    });
    const page$ = inTurn(sent$).pipe(
      map(({ page, skipped, servedAt }) => {
        skipped.forEach(parts.report);
        return { items: [...page.events, ...page.others], servedAt, strays: skipped.length };
      }),
      finalize(() => {
        if (flights.get(key) === flight) flights.delete(key);
      }),
      share(),
    );
    const flight: Flight = { page$ };
    flights.set(key, flight);
    return flight;
  };

  return {
    readPage: (conversationId, from, limit) =>
      defer(() => {
        const key = JSON.stringify([conversationId, from, limit]);
        const flight = flights.get(key);
        const isJoinable = flight?.sentAt === undefined || flight.sentAt === scheduler.now();
        const { page$ } =
          flight !== undefined && isJoinable
            ? flight
            : takeOff(
                key,
                defer(() => readEvents(conversationId, { from, limit })),
              );
        return page$;
      }),
    readLatest: (conversationId) =>
      inTurn(defer(() => listMessages(conversationId, { limit: 1 }))).pipe(
        map(({ latestEventId }) => latestEventId),
      ),
    readLatestOfAll: () =>
      inTurn(defer(() => listConversations({ scope: 'participant' }))).pipe(map(latestPositions)),
  };
};

/** A server that never says where a conversation ends is not taken for one in which nothing happens. */
const latestPositions = (list: readonly ConversationSummary[]): LatestPositions =>
  list.some(({ latestSentEventId }) => latestSentEventId !== undefined)
    ? new Map(list.map(({ id, latestSentEventId }) => [id, latestSentEventId]))
    : NOTHING;
