import type { Fault } from '../fault/Fault.js';
import * as Evidence from './evidence.js';
import * as Line from './line.js';
import type { FailureFacts } from './MergeFacts.js';
import type { MergeOutlet } from './MergeOutlet.js';
import type { MergeSettings } from './mergeSettings.js';
import * as Schedule from './pullSchedule.js';

/** What history is asked: where the log begins or ends, for what comes next, for what was there before. */
export interface Question {
  readonly about: 'start' | 'next' | 'end' | 'past';
  /** The first position asked for; -1 where it is not about items. */
  readonly from: number;
}

/** A question under way, and how things stood when it was put. */
export interface Asked extends Question, Evidence.Reading {
  readonly ticket: number;
  readonly epoch: number;
}

/** Puts questions to history, one at a time, and knows how well that goes. */
export interface Asking extends Evidence.Evidence, Line.Line, Schedule.PullSchedule {
  /** The question under way. */
  asked: Asked | undefined;
  tickets: number;
  uselessPages: number;
  /** What the last request failed with. */
  problem: Fault | undefined;
  readonly settings: MergeSettings;
  readonly out: MergeOutlet<never>;
}

const FAILURES_UNTIL_DEGRADED = 3;
const USELESS_PAGES_UNTIL_FAILURE = 3;
const IGNORES_FROM: Fault = {
  kind: 'invalid-response',
  message: 'History answers with items that were not asked for.',
};

const isAboutItems = ({ about }: Question): boolean => about === 'next' || about === 'past';

/** The asking of somebody who has not asked anything. */
export const notBegun = (): Pick<Asking, 'asked' | 'tickets' | 'uselessPages' | 'problem'> => ({
  asked: undefined,
  tickets: 0,
  uselessPages: 0,
  problem: undefined,
});

/** The question under way is one that items answer. */
export const wantsItems = ({ asked }: Asking): boolean => asked !== undefined && isAboutItems(asked);

export const isUnderWay = ({ asked }: Asking): boolean => asked !== undefined;

export const put = (asking: Asking, question: Question, cursor: number, now: number): void => {
  const { epoch, settings, out } = asking;
  const ticket = asking.tickets + 1;
  asking.tickets = ticket;
  asking.asked = {
    ...question,
    ...Evidence.beginReading(asking, cursor, now),
    ticket,
    epoch,
  };
  Schedule.started(asking, question.from, now);
  if (isAboutItems(question)) out.fetch(asking, question.from, settings.pageSize, ticket);
  else out.locate?.(asking, ticket);
};

/** The question under way, if this is an answer to it; there is none after that. */
export const claim = (
  asking: Asking,
  ticket: number,
  answer: 'items' | 'position' | 'failure',
  now: number,
): Asked | undefined => {
  const { asked } = asking;
  if (asked?.ticket !== ticket) return undefined;
  if (answer !== 'failure' && isAboutItems(asked) !== (answer === 'items')) return undefined;
  asking.asked = undefined;
  Schedule.answered(asking, now);
  return asked;
};

/** A page that others share may have been read before it was asked for here, and proves only what it did then. */
export const asRead = (line: Line.Line, answered: Asked, askedAt = Infinity): Asked => ({
  ...answered,
  ...Evidence.begunAt(askedAt, answered),
  epoch: Math.min(answered.epoch, Line.epochAt(line, askedAt)),
});

/** The answer under way does not count any more. */
export const drop = (asking: Asking): void => {
  asking.asked = undefined;
};

/** Nothing is asked for any more, and this is why. */
export const giveUp = (asking: Asking, fault: Fault): void => {
  asking.asked = undefined;
  asking.problem = fault;
};

/** The request failed: another one comes, later and later. */
export const retry = (
  asking: Asking,
  { fault, jitter, retryAfterMs = 0, retryWithinMs }: FailureFacts,
  now: number,
): void => {
  asking.problem = fault;
  Schedule.backOff(asking, now, jitter, retryAfterMs, retryWithinMs);
};

/** The request succeeded. */
export const recover = (asking: Asking): void => {
  asking.uselessPages = 0;
  asking.problem = undefined;
  Schedule.recovered(asking);
};

/** The answer holds only what was not asked for: no end, and no progress. */
export const endure = (asking: Asking, now: number): void => {
  asking.uselessPages += 1;
  if (asking.uselessPages < USELESS_PAGES_UNTIL_FAILURE) Schedule.catchUp(asking, now);
  else retry(asking, { fault: IGNORES_FROM, jitter: 1 }, now);
};

/** Several requests in a row brought nothing. */
export const isDegraded = ({ uselessPages, failures }: Asking): boolean =>
  uselessPages >= USELESS_PAGES_UNTIL_FAILURE || failures >= FAILURES_UNTIL_DEGRADED;
