import {
  catchError,
  concat,
  defer,
  EMPTY,
  endWith,
  ignoreElements,
  merge,
  type Observable,
  of,
  repeat,
  ReplaySubject,
  type SchedulerLike,
  Subject,
  switchMap,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import type { Rest } from '../rest/Rest.js';
import type { StatusUpdate } from '../rest/StatusUpdate.js';
import { boundedMap } from '../stream/boundedMap.js';
import { limitConcurrency } from '../stream/limitConcurrency.js';
import { runsOnce } from '../stream/runsOnce.js';
import { judgeHistoryError } from './judgeHistoryError.js';
import type { Patient } from './respectRetryAfter.js';
import { untilAnswered } from './untilAnswered.js';
import { clientClosed } from './untilEnded.js';

export interface StatusMarksParts {
  readonly rest: Pick<Rest, 'updateStatuses'>;
  /** Lets a request wait until the server wants to hear it. */
  readonly patient: Patient;
  /** How many conversations may be written to at once. */
  readonly maxConcurrent: number;
  /** Emits when the client ends all that runs. */
  readonly ended$: Observable<void>;
  readonly isClosed: () => boolean;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

type Status = 'delivered' | 'read';

export interface Marking {
  readonly conversationId: string;
  readonly messageIds: readonly string[];
  readonly status: Status;
}

/** What became of messages for me, on its way to the server. */
export interface StatusMarks {
  /** A command: emits once and completes when the server has taken all of them. */
  mark(marking: Marking): Observable<void>;
  /** The same for nobody in particular: it is tried again, and dropped where the server refuses it. */
  markQuietly(marking: Marking): void;
  /** What the server has taken. */
  readonly taken$: Observable<Marking>;
  /** Remembers what the server has already. */
  remember(marking: Marking): void;
}

/** Marks of one conversation that come within this time travel together. */
const GATHER_MS = 100;

/** How many ids a request has at most. */
const MOST_AT_ONCE = 100;

/** How many messages are remembered to be marked: they are not marked again. */
const MOST_REMEMBERED = 10_000;

/** How many marks nobody waits for may queue up in a conversation while the server cannot be reached. */
const MOST_QUIET = 5_000;

interface Mark {
  readonly messageId: string;
  status: Status;
  /** When it was so, ISO 8601: the request may have to wait for long. */
  timestamp: string;
  readonly settled$: ReplaySubject<never>;
}

interface Batch {
  readonly conversationId: string;
  readonly marks: readonly Mark[];
}

/**
 * Creates the way on which marks go to the server: gathered, each only once, and repeated until they are there.
 *
 *     marks:     -a-(bc)--a--------d-
 *     requests:  ------(abc)#-(abc)--(d)      # = failed, a = joined what was under way
 *
 * A conversation has one request under way at a time; what comes meanwhile goes with the next. A failure that may
 * heal is tried again with growing delays, for as long as the client lives. One that will not heal is split until
 * the message that the server refuses is found; only its mark errors.
 */
export const statusMarks = (parts: StatusMarksParts): StatusMarks => {
  const { rest, patient, ended$, isClosed, scheduler } = parts;
  const limited = limitConcurrency(parts.maxConcurrent);
  const known = boundedMap<string, Status>(MOST_REMEMBERED);
  /** Marks that wait, by conversation and message; a conversation that is here is being worked at. */
  const queues = new Map<string, Map<string, Mark>>();
  const taken = new Subject<Marking>();
  const underWay = new Map<string, Mark>();

  const keyOf = (conversationId: string, messageId: string): string =>
    JSON.stringify([conversationId, messageId]);

  const isKnown = (key: string, status: Status): boolean => covers(known.get(key), status);

  const remember = ({ conversationId, messageIds, status }: Marking): void => {
    for (const messageId of messageIds) {
      const key = keyOf(conversationId, messageId);
      if (!isKnown(key, status)) known.set(key, status);
    }
  };

  const settle = (conversationId: string, mark: Mark, error?: unknown): void => {
    const { messageId, status, settled$ } = mark;
    const key = keyOf(conversationId, messageId);
    if (underWay.get(key) === mark) underWay.delete(key);
    if (error === undefined) {
      const marking = { conversationId, messageIds: [messageId], status };
      remember(marking);
      taken.next(marking);
      settled$.complete();
    } else settled$.error(error);
  };

  const send = (batch: Batch): Observable<never> => {
    const { conversationId, marks } = batch;
    const { judge } = judgeHistoryError(scheduler);

    return limited(patient(defer(() => rest.updateStatuses(conversationId, updatesOf(marks))))).pipe(
      untilAnswered({ ...parts, judge: (error) => (isFinal(error) ? 'stop' : judge(error)) }),
      tap(() => {
        for (const mark of marks) settle(conversationId, mark);
      }),
      ignoreElements(),
      catchError((error: unknown) => {
        if (marks.length > 1 && isAboutMessages(error)) return halves(batch);
        for (const mark of marks) settle(conversationId, mark, error);
        return EMPTY;
      }),
    );
  };

  const halves = (batch: Batch): Observable<never> => {
    const middle = Math.ceil(batch.marks.length / 2);
    return concat(
      send({ ...batch, marks: batch.marks.slice(0, middle) }),
      send({ ...batch, marks: batch.marks.slice(middle) }),
    );
  };

  const sendNext = (conversationId: string, queue: Map<string, Mark>): Observable<never> => {
    const marks = [...queue.values()].slice(0, MOST_AT_ONCE);
    for (const mark of marks) {
      queue.delete(mark.messageId);
      underWay.set(keyOf(conversationId, mark.messageId), mark);
    }
    return send({ conversationId, marks });
  };

  const begin = (conversationId: string): Map<string, Mark> => {
    const queue = new Map<string, Mark>();
    queues.set(conversationId, queue);
    timer(GATHER_MS, scheduler)
      .pipe(
        switchMap(() =>
          defer(() => sendNext(conversationId, queue)).pipe(
            repeat({ delay: () => (queue.size > 0 ? of(undefined) : EMPTY) }),
          ),
        ),
        takeUntil(ended$),
      )
      .subscribe({
        error: () => undefined,
        complete: () => {
          if (queues.get(conversationId) === queue) queues.delete(conversationId);
        },
      });
    return queue;
  };

  /** Completes when the server has it; errors when it never will. */
  const enqueue = (conversationId: string, messageId: string, status: Status): Observable<never> => {
    const key = keyOf(conversationId, messageId);
    if (isKnown(key, status)) return EMPTY;
    const sent = underWay.get(key);
    if (sent !== undefined && covers(sent.status, status)) return sent.settled$;
    const queue = queues.get(conversationId) ?? begin(conversationId);
    const timestamp = new Date(scheduler.now()).toISOString();
    const waiting = queue.get(messageId);
    if (waiting !== undefined) {
      if (!covers(waiting.status, status)) Object.assign(waiting, { status, timestamp });
      return waiting.settled$;
    }
    const mark = { messageId, status, timestamp, settled$: new ReplaySubject<never>(0) };
    queue.set(messageId, mark);
    return mark.settled$;
  };

  ended$.subscribe({
    next: () => {
      const waiting = [...queues.values()].flatMap((queue) => [...queue.values()]);
      const all = [...underWay.values(), ...waiting];
      queues.clear();
      underWay.clear();
      // Somebody else may be logged in next.
      known.clear();
      for (const { settled$ } of all) settled$.error(clientClosed());
    },
    error: () => undefined,
  });

  return {
    mark: ({ conversationId, messageIds, status }) =>
      runsOnce(
        defer(() => {
          if (isClosed()) return throwError(clientClosed);
          const marks = messageIds.map((messageId) => enqueue(conversationId, messageId, status));
          return merge(...marks).pipe(endWith(undefined));
        }),
      ),
    markQuietly: ({ conversationId, messageIds, status }) => {
      if (isClosed()) return;
      for (const messageId of messageIds) {
        const queued = queues.get(conversationId)?.size ?? 0;
        if (queued < MOST_QUIET) void enqueue(conversationId, messageId, status);
      }
    },
    taken$: taken.asObservable(),
    remember,
  };
};

/** What was marked alike at the same time is one update. */
const updatesOf = (marks: readonly Mark[]): readonly StatusUpdate[] => {
  const updates = new Map<
    string,
    { readonly status: Status; readonly timestamp: string; messageIds: string[] }
  >();
  for (const { messageId, status, timestamp } of marks) {
    const key = `${status} ${timestamp}`;
    const update = updates.get(key) ?? { messageIds: [], status, timestamp };
    update.messageIds.push(messageId);
    updates.set(key, update);
  }
  return [...updates.values()];
};

const covers = (has: Status | undefined, wanted: Status): boolean => has === wanted || has === 'read';

/** What will not heal by waiting: the server understood, and will have none of it. */
const isFinal = (error: unknown): boolean => {
  const { kind } = faultOf(error);
  return kind === 'unauthorized' || kind === 'closed' || isAboutMessages(error);
};

/** Most likely one of the messages is to blame, and not the others. */
const isAboutMessages = (error: unknown): boolean => {
  const { kind, status = 0 } = faultOf(error);
  if (kind === 'conflict' || kind === 'precondition-failed') return true;
  return kind === 'http' && status >= 400 && status < 500 && status !== 408 && status !== 425;
};
