import { describe, it } from '@jest/globals';
import { againWhenAsked } from '../../lib/stream/againWhenAsked.js';
import { marbles } from '../support/marbles.js';

describe('againWhenAsked', () => {
  it(
    'runs once for each time it is asked',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const asks = cold('    -a-----a-----');
      const run = cold('      --1|         ');
      const subs = ['        -^--!         ', '-------^--!   '];
      const expected = '     ---1-----1---';

      expectObservable(asks.pipe(againWhenAsked(() => run))).toBe(expected);
      expectSubscriptions(run.subscriptions).toBe(subs);
    }),
  );

  it(
    'runs once more for all who asked meanwhile',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const asks = cold('    -abc---------');
      const run = cold('      ----1|       ');
      const subs = ['        -^----!       ', '------^----!  '];
      const expected = '     -----1----1--';

      expectObservable(asks.pipe(againWhenAsked(() => run))).toBe(expected);
      expectSubscriptions(run.subscriptions).toBe(subs);
    }),
  );

  it(
    'lets the last run end, passes an error on, and leaves with its subscriber',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const run = cold('  ---1|');

      expectObservable(cold('-a|').pipe(againWhenAsked(() => run))).toBe('----1|');
      expectObservable(cold('-a').pipe(againWhenAsked(() => cold('--#')))).toBe('---#');
      expectObservable(cold('-a').pipe(againWhenAsked(() => run)), '--!').toBe('---');
      expectSubscriptions(run.subscriptions).toBe(['-^---!', '-^!']);
    }),
  );
});
