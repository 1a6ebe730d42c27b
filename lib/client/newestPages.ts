import { EMPTY, expand, map, type Observable, type SchedulerLike, tap, toArray } from 'rxjs';
import type { MessagePage } from '../wire/MessagePage.js';
import { untilAnswered } from '../conversation/untilAnswered.js';
import { judgeHistoryError } from '../log/judgeHistoryError.js';

/** An answer, and when it was really asked for, in ms by the scheduler. */
export interface Asked<A> {
  readonly answer: A;
  readonly askedAt: number;
}

export interface NewestPagesOptions {
  /** Reads the page that ends with this position, or the newest. */
  readonly read: (from: number | undefined) => Observable<Asked<MessagePage>>;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** So many pages are read until one holds a message: others may be full of statuses. */
const MOST_PAGES = 5;

/**
 * Reads the newest page of a conversation, and those before it until one holds a message: newest first.
 *
 * @returns Emits all of them once, with the time of the first. A request that fails is made again; it errors where the
 * conversation is gone, or not for me.
 */
export const newestPages = ({
  read,
  ...options
}: NewestPagesOptions): Observable<Asked<readonly MessagePage[]>> => {
  const { judge, succeeded } = judgeHistoryError(options.scheduler);
  const page = (from: number | undefined): Observable<Asked<MessagePage>> =>
    read(from).pipe(tap(succeeded), untilAnswered({ ...options, judge }));

  return page(undefined).pipe(
    expand(({ answer: { messages, earliestEventId = 0 } }, index) =>
      messages.length > 0 || earliestEventId === 0 || index + 1 >= MOST_PAGES
        ? EMPTY
        : page(earliestEventId - 1),
    ),
    toArray(),
    map((all) => ({
      answer: all.map(({ answer }) => answer),
      askedAt: all.reduce((first, { askedAt }) => Math.min(first, askedAt), Infinity),
    })),
  );
};
