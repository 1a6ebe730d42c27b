import type { Fault } from '../fault/Fault.js';
import { begunAt, type Evidence, type Reading } from './evidence.js';
import * as Line from './line.js';
import type { FailureFacts, MergeOutlet } from './MergeFacts.js';
import * as Schedule from './pullSchedule.js';

/** What history is asked: where the log begins or ends, for what comes next, for what was there before. */
export interface Question {
  readonly about: 'start' | 'next' | 'end' | 'past';
  /** The first position asked for; -1 where it is not about items. */
  readonly from: number;
}

/** A question under way, and how things stood when it was put. */
export interface Asked extends Question, Reading {
  readonly ticket: number;
  readonly epoch: number;
}

/** Puts questions to history, one at a time, and knows how well that goes. */
export interface Asking {
  isUnderWay(): boolean;
  put(question: Question, cursor: number, now: number): void;
  /** The question under way, if this is an answer to it; there is none after that. */
  claim(ticket: number, answer: 'items' | 'position' | 'failure', now: number): Asked | undefined;
  /** A page that others share may have been read before it was asked for here, and proves only what it did then. */
  asRead(asked: Asked, askedAt: number | undefined): Asked;
  /** The answer under way does not count any more. */
  drop(): void;
  /** Nothing is asked for any more, and this is why. */
  giveUp(fault: Fault): void;
  /** The request failed: another one comes, later and later. */
  retry(failure: FailureFacts, now: number): void;
  /** The request succeeded. */
  recover(): void;
  /** The answer holds only what was not asked for: no end, and no progress. */
  endure(now: number): void;
  /** What the last request failed with. */
  problem(): Fault | undefined;
  /** Several requests in a row brought nothing. */
  isDegraded(): boolean;
}

interface AskingParts {
  readonly out: Pick<MergeOutlet<never>, 'fetch' | 'locate'>;
  readonly pageSize: number;
  readonly schedule: Schedule.PullSchedule;
  readonly evidence: Evidence;
  readonly line: Line.Line;
}

const FAILURES_UNTIL_DEGRADED = 3;
const USELESS_PAGES_UNTIL_FAILURE = 3;
const IGNORES_FROM: Fault = {
  kind: 'invalid-response',
  message: 'History answers with items that were not asked for.',
};

const isAboutItems = ({ about }: Question): boolean => about === 'next' || about === 'past';

/** Creates the asking of somebody who has not asked anything. */
export const createAsking = ({ out, pageSize, schedule, evidence, line }: AskingParts): Asking => {
  let asked: Asked | undefined;
  let tickets = 0;
  let uselessPages = 0;
  let problem: Fault | undefined;

  const retry = ({ fault, jitter, retryAfterMs = 0, retryWithinMs }: FailureFacts, now: number): void => {
    problem = fault;
    Schedule.backOff(schedule, now, jitter, retryAfterMs, retryWithinMs);
  };

  return {
    isUnderWay: () => asked !== undefined,
    put: (question, cursor, now) => {
      tickets += 1;
      asked = {
        ...question,
        ...evidence.beginReading(cursor, now),
        ticket: tickets,
        epoch: line.epoch,
      };
      Schedule.started(schedule, question.from, now);
      if (isAboutItems(question)) out.fetch(question.from, pageSize, tickets);
      else out.locate?.(tickets);
    },
    claim: (ticket, answer, now) => {
      if (asked?.ticket !== ticket) return undefined;
      if (answer !== 'failure' && isAboutItems(asked) !== (answer === 'items')) return undefined;
      const answered = asked;
      asked = undefined;
      Schedule.answered(schedule, now);
      return answered;
    },
    asRead: (answered, askedAt = Infinity) => ({
      ...answered,
      ...begunAt(askedAt, answered),
      epoch: Math.min(answered.epoch, Line.epochAt(line, askedAt)),
    }),
    drop: () => {
      asked = undefined;
    },
    giveUp: (fault) => {
      asked = undefined;
      problem = fault;
    },
    retry,
    recover: () => {
      uselessPages = 0;
      problem = undefined;
      Schedule.recovered(schedule);
    },
    endure: (now) => {
      uselessPages += 1;
      if (uselessPages < USELESS_PAGES_UNTIL_FAILURE) Schedule.catchUp(schedule, now);
      else retry({ fault: IGNORES_FROM, jitter: 1 }, now);
    },
    problem: () => problem,
    isDegraded: () =>
      uselessPages >= USELESS_PAGES_UNTIL_FAILURE || schedule.failures >= FAILURES_UNTIL_DEGRADED,
  };
};
