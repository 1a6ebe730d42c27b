import {
  catchError,
  concat,
  defer,
  EMPTY,
  ignoreElements,
  type Observable,
  type SchedulerLike,
  tap,
} from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import { limitConcurrency } from '../stream/limitConcurrency.js';
import type { Rest } from '../rest/Rest.js';
import { judgeHistoryError } from '../log/judgeHistoryError.js';
import type { Patient } from '../log/respectRetryAfter.js';
import { type Mark, updatesOf } from './Mark.js';
import { untilAnswered } from './untilAnswered.js';

export interface SendMarksParts {
  readonly rest: Pick<Rest, 'updateStatuses'>;
  /** Lets a request wait until the server wants to hear it. */
  readonly patient: Patient;
  /** How many conversations may be written to at once. */
  readonly maxConcurrent: number;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** Told of each mark that the server has taken, or, with the error, that it refuses. */
export type Settle = (conversationId: string, mark: Mark, error?: unknown) => void;

export interface MarkBatch {
  readonly conversationId: string;
  readonly marks: readonly Mark[];
}

/**
 * Makes the sending of marks, of which each is settled in the end; the result completes then, and never errors.
 *
 *     batch:      (abc)
 *     requests:   (abc)#--(abc)x(ab)x(a)(b)x(c)      # = failed, x = refused: b is to blame
 *     settled:    -------------------a--b---c
 *
 * A failure that may heal is tried again with growing delays, for as long as somebody is subscribed. One that will not
 * heal is split until the message that the server refuses is found; only its mark errors.
 */
export const sendMarks = (
  parts: SendMarksParts,
  settle: Settle,
): ((batch: MarkBatch) => Observable<never>) => {
  const limited = limitConcurrency(parts.maxConcurrent);

  const send = (batch: MarkBatch): Observable<never> => {
    const { conversationId, marks } = batch;
    const { judge } = judgeHistoryError(parts.scheduler);

    return limited(
      parts.patient(defer(() => parts.rest.updateStatuses(conversationId, updatesOf(marks)))),
    ).pipe(
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

  const halves = ({ conversationId, marks }: MarkBatch): Observable<never> => {
    const middle = Math.ceil(marks.length / 2);
    return concat(
      send({ conversationId, marks: marks.slice(0, middle) }),
      send({ conversationId, marks: marks.slice(middle) }),
    );
  };

  return send;
};

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
