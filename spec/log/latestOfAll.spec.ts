import { describe, it } from '@jest/globals';
import {
  asyncScheduler,
  BehaviorSubject,
  defer,
  ignoreElements,
  merge,
  type Observable,
  of,
  tap,
  throwError,
} from 'rxjs';
import { latestOfAll, type LatestOfAllOptions, type LatestPositions } from '../../lib/log/latestOfAll.js';
import { marbles } from '../support/marbles.js';

const NONE: LatestPositions = new Map();
const SOME: LatestPositions = new Map([['garden', 7]]);
const VALUES = { n: NONE, s: SOME };
const LINE = { o: true, x: false };
const COUNTS = { a: 20, b: 21, c: 0 };

type Streams = Pick<LatestOfAllOptions, 'count$' | 'isOpen$'>;

const asked = (
  { count$, isOpen$ }: Streams,
  more: Partial<LatestOfAllOptions> = {},
): Observable<LatestPositions> => {
  const present$ = new BehaviorSubject(0);
  const latest$ = latestOfAll({
    moreThan: 20,
    everyMs: 5,
    read: () => of(SOME),
    scheduler: asyncScheduler,
    count$: present$,
    isOpen$,
    ...more,
  });
  return merge(count$.pipe(tap(present$), ignoreElements()), latest$);
};

describe('latestOfAll', () => {
  it(
    'asks at once and then at intervals, while there are many and the line is open',
    marbles(({ hot, expectObservable }) => {
      const count$ = hot('  a-b-----------', COUNTS);
      const isOpen$ = hot(' x---o-------x-', LINE);
      const expected = '    n---s----s--n-';

      expectObservable(asked({ count$, isOpen$ })).toBe(expected, VALUES);
    }),
  );

  it(
    'goes on though fewer are left, until the line is lost',
    marbles(({ hot, expectObservable }) => {
      const count$ = hot('  b--a-----------', COUNTS);
      const isOpen$ = hot(' o------x-o-----', LINE);
      const expected = '    s----s-n-------';

      expectObservable(asked({ count$, isOpen$ })).toBe(expected, VALUES);
    }),
  );

  it(
    'never asks where nothing is to be looked at',
    marbles(({ hot, expectObservable }) => {
      const count$ = hot('  b-----------', COUNTS);
      const isOpen$ = hot(' o-----------', LINE);
      const expected = '    n-----------';

      expectObservable(asked({ count$, isOpen$ }, { everyMs: Infinity })).toBe(expected, VALUES);
    }),
  );

  it(
    'takes a failure for no answer, and asks again in time',
    marbles(({ hot, expectObservable }) => {
      let asks = 0;
      const read = (): Observable<LatestPositions> =>
        defer(() => (asks++ === 1 ? throwError(() => new Error('no')) : of(SOME)));
      const count$ = hot('  b------------', COUNTS);
      const isOpen$ = hot(' o----------x-', LINE);
      const expected = '    s----n----sn-';

      expectObservable(asked({ count$, isOpen$ }, { read })).toBe(expected, VALUES);
    }),
  );

  it(
    'asks one at a time, and gives up what is under way when the line is lost',
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const answer = cold(' -------s|', VALUES);
      const count$ = hot('  b---------------', COUNTS);
      const isOpen$ = hot(' o-----------x---', LINE);
      const expected = '    -------s----n---';

      expectObservable(asked({ count$, isOpen$ }, { read: () => answer })).toBe(expected, VALUES);
      expectSubscriptions(answer.subscriptions).toBe(['^-------!', '----------^-!']);
    }),
  );
});
