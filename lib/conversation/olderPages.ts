import {
  catchError,
  EMPTY,
  expand,
  map,
  type Observable,
  of,
  reduce,
  repeat,
  type SchedulerLike,
  switchMap,
  take,
  throwIfEmpty,
  timer,
} from 'rxjs';
import type { Fault } from '../fault/Fault.js';
import { faultOf } from '../fault/faultOf.js';
import { clampDelay, fullJitter } from '../stream/backoff.js';
import type { MessagePage } from '../wire/MessagePage.js';
import { factOf } from '../projection/factOf.js';
import type { MessageFact } from '../projection/MessageFact.js';
import { isPageIncomplete } from '../projection/pageFacts.js';
import type { TimelineWindow } from '../projection/timelineWindow.js';
import type { HistoryReader } from '../log/historyReader.js';

export interface OlderPagesParts extends Pick<HistoryReader, 'readMessages' | 'readPage'> {
  readonly conversationId: string;
  readonly window: TimelineWindow;
  readonly pageSize: number;
  readonly windowLimit: number;
  /** From when on, in ms by the scheduler, what a page does not show does not exist. */
  readonly provenAt: number;
  /** Told of each page that was taken, by where it ends. */
  readonly lookAgain: (from: number) => void;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** As many requests one wish may cost: pages without a message are walked through. */
const MAX_REQUESTS = 10;

/** Between two tries. */
const SHORTEST_MS = 100;

const NO_PROGRESS: Fault = {
  kind: 'invalid-response',
  message: 'History answers with messages that were not asked for.',
};

interface Step {
  readonly requests: number;
  /** How often nothing came of it. */
  readonly stalls: number;
  readonly isDone: boolean;
  readonly problem?: Fault;
}

/**
 * Goes back by one page with something to see, or to the beginning; pages without are walked through, ten at most.
 *
 * @returns What went wrong, or `undefined`. Who stays subscribed has it tried again, with growing delays. It never
 * errors.
 */
export const loadOlder = (parts: OlderPagesParts): Observable<Fault | undefined> => {
  const { conversationId, window, pageSize, windowLimit, scheduler } = parts;

  const read = (from: number): Observable<MessagePage> =>
    parts.readMessages(conversationId, { from, limit: pageSize }).pipe(take(1));

  const step = ({ requests, stalls }: Step): Observable<Step> => {
    const from = window.olderFrom;
    return read(from).pipe(
      switchMap((page) => {
        const leftMs = parts.provenAt - scheduler.now();
        // Below the beginning there is nothing; but so it looks as well where nothing is visible yet.
        return leftMs > 0 && isNothing(page)
          ? timer(clampDelay(leftMs), scheduler).pipe(switchMap(() => read(from)))
          : of(page);
      }),
      switchMap((page) =>
        (isPageIncomplete(page) ? factsBetween(page.earliestEventId ?? from, from, parts) : of([])).pipe(
          map((facts) => {
            const next = taken(page, facts, { requests: requests + 1, stalls });
            parts.lookAgain(from);
            return next;
          }),
        ),
      ),
      throwIfEmpty(),
    );
  };

  const taken = (
    page: MessagePage,
    facts: readonly MessageFact[],
    { requests, stalls }: Omit<Step, 'isDone'>,
  ): Step => {
    const { isProgress, isSeen } = window.extend(page, facts, windowLimit);
    window.dropNewest(windowLimit);
    if (!isProgress && stalls > 0) return { requests, stalls, isDone: true, problem: NO_PROGRESS };
    const isDone = isSeen || !window.hasOlder || requests >= MAX_REQUESTS;
    return { requests, stalls: stalls + Number(!isProgress), isDone };
  };

  const jitterMs = (attempt: number): number =>
    fullJitter({ attempt, initialDelayMs: 500, maxDelayMs: 30_000, random: parts.random });

  const start: Step = { requests: 0, stalls: 0, isDone: !window.hasOlder };
  return of(start).pipe(
    expand((last) => (last.isDone ? EMPTY : step(last))),
    reduce((_, last) => last),
    map(({ problem }) => problem),
    catchError((error: unknown) => of(faultOf(error))),
    repeat({ delay: (attempt) => timer(Math.max(SHORTEST_MS, jitterMs(attempt)), scheduler) }),
  );
};

const isNothing = ({ earliestEventId, messages }: MessagePage): boolean =>
  earliestEventId === undefined && messages.length === 0;

/** What the log says of a range that a page tells only in part. Where it cannot be read, the page has to do. */
const factsBetween = (
  from: number,
  to: number,
  { readPage, conversationId, pageSize }: OlderPagesParts,
): Observable<readonly MessageFact[]> => {
  const read = (next: number) =>
    readPage(conversationId, next, pageSize).pipe(
      take(1),
      map(({ items }) => items),
    );
  return read(from).pipe(
    expand((items, index) => {
      const top = items.reduce(
        (high, { conversationEventId = -1 }) => Math.max(high, conversationEventId),
        -1,
      );
      return top < from || top >= to || index >= MAX_REQUESTS ? EMPTY : read(top + 1);
    }),
    reduce<readonly Parameters<typeof factOf>[0][], readonly MessageFact[]>(
      (facts, items) => [
        ...facts,
        ...items
          .filter(({ conversationEventId = Infinity }) => conversationEventId <= to)
          .flatMap((item) => factOf(item) ?? []),
      ],
      [],
    ),
    catchError(() => of([])),
  );
};
