import { describe, it } from '@jest/globals';
import { asyncScheduler, type MonoTypeOperatorFunction, Observable, type SchedulerLike } from 'rxjs';
import { spreadReopens, stopWaiting, untold } from '../../lib/log/spreadReopens.js';
import { marbles } from '../support/marbles.js';

const LINE = { o: true, x: false };

interface Last {
  readonly isFirst: () => boolean;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

const last = (draw: number, scheduler: SchedulerLike = asyncScheduler): Last => ({
  isFirst: () => false,
  scheduler,
  random: () => draw,
});

/** What one log is told of the line. */
const told =
  (options: Last): MonoTypeOperatorFunction<boolean> =>
  (line$) =>
    new Observable((subscriber) => {
      const one = untold();
      const tell = (_: unknown, isOpen: boolean): void => {
        subscriber.next(isOpen);
      };
      const tellLine = spreadReopens({ ...options, tell });
      subscriber.add(() => {
        stopWaiting(one);
      });
      subscriber.add(
        line$.subscribe((isOpen) => {
          tellLine(one, isOpen);
        }),
      );
    });

describe('spreadReopens', () => {
  it(
    'tells the first opening and each loss at once',
    marbles(({ cold, expectObservable }) => {
      const line = cold('  x-o---x--', LINE);
      const expected = '   x-o---x--';

      expectObservable(line.pipe(told(last(0.5)))).toBe(expected, LINE);
    }),
  );

  it(
    'tells that the line is back at a random time within two seconds',
    marbles(({ cold, expectObservable }) => {
      const line = cold('  o-x-o 3s x-o', LINE);
      const expected = '   o-x- 1s o 1999ms 1ms x- 1s o';

      expectObservable(line.pipe(told(last(0.5)))).toBe(expected, LINE);
    }),
  );

  it(
    'tells those that go first at once',
    marbles(({ cold, expectObservable }) => {
      const line = cold('  o-x-o-', LINE);
      const expected = '   o-x-o-';

      expectObservable(line.pipe(told({ ...last(0.5), isFirst: () => true }))).toBe(expected, LINE);
    }),
  );

  it(
    'says nothing of an opening that is lost before it was told',
    marbles(({ cold, expectObservable }) => {
      const line = cold('  o-x-o 500ms x 2s o', LINE);
      const expected = '   o-x 3503ms o       ';

      expectObservable(line.pipe(told(last(0.5)))).toBe(expected, LINE);
    }),
  );

  it(
    'keeps its followers apart',
    marbles(({ cold, expectObservable }) => {
      const line = cold('  o-', LINE);
      const spread$ = line.pipe(told(last(0.5)));

      expectObservable(spread$).toBe('       o-', LINE);
      expectObservable(spread$, '---^').toBe('---o-', LINE);
    }),
  );
});
