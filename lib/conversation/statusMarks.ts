import {
  concat,
  defer,
  EMPTY,
  merge,
  noop,
  type Observable,
  of,
  repeat,
  ReplaySubject,
  Subject,
  switchMap,
  takeUntil,
  throwError,
  timer,
} from 'rxjs';
import { clientClosed } from '../fault/clientClosed.js';
import { boundedMap } from '../stream/boundedMap.js';
import { runsOnce } from '../stream/runsOnce.js';
import { covers, type Mark, type MarkStatus } from './Mark.js';
import { sendMarks, type SendMarksParts } from './sendMarks.js';

export interface StatusMarksParts extends SendMarksParts {
  /** Emits when the client ends all that runs. */
  readonly ended$: Observable<void>;
  readonly isClosed: () => boolean;
}

export interface Marking {
  readonly conversationId: string;
  readonly messageIds: readonly string[];
  readonly status: MarkStatus;
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
  /** How many sessions have ended: who leaves in answer to such an end speaks for somebody who has gone. */
  readonly sessions: number;
}

/** Marks of one conversation that come within this time travel together. */
const GATHER_MS = 100;

/** How many ids a request has at most. */
const MOST_AT_ONCE = 100;

/** How many messages are remembered to be marked: they are not marked again. */
const MOST_REMEMBERED = 10_000;

/** How many marks nobody waits for may queue up in a conversation while the server cannot be reached. */
const MOST_QUIET = 5_000;

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
  const { ended$, isClosed, scheduler } = parts;
  const known = boundedMap<string, MarkStatus>(MOST_REMEMBERED);
  /** Marks that wait, by conversation and message; a conversation that is here is being worked at. */
  const queues = new Map<string, Map<string, Mark>>();
  const taken = new Subject<Marking>();
  const underWay = new Map<string, Mark>();
  let sessions = 0;

  const keyOf = (conversationId: string, messageId: string): string =>
    JSON.stringify([conversationId, messageId]);

  const isKnown = (key: string, status: MarkStatus): boolean => covers(known.get(key), status);

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

  const send = sendMarks(parts, settle);

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
        error: noop,
        complete: () => {
          if (queues.get(conversationId) === queue) queues.delete(conversationId);
        },
      });
    return queue;
  };

  /** Completes when the server has it; errors when it never will. */
  const enqueue = (conversationId: string, messageId: string, status: MarkStatus): Observable<never> => {
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
      sessions += 1;
      queues.clear();
      underWay.clear();
      // Somebody else may be logged in next.
      known.clear();
      for (const { settled$ } of all) settled$.error(clientClosed());
    },
    error: noop,
  });

  return {
    mark: ({ conversationId, messageIds, status }) =>
      runsOnce(
        defer(() => {
          if (isClosed()) return throwError(clientClosed);
          const marks = messageIds.map((messageId) => enqueue(conversationId, messageId, status));
          return concat(merge(...marks), of(undefined));
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
    get sessions() {
      return sessions;
    },
  };
};
