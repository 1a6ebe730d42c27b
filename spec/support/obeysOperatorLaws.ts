import { describe, it } from '@jest/globals';
import type { OperatorFunction } from 'rxjs';
import { marbles } from './marbles.js';

/**
 * What holds for every operator of ours, whatever it does to values.
 *
 * @param operator Makes the operator anew for each law.
 * @param sample One letter of a marble diagram that the operator lets out as soon as it comes.
 */
export const obeysOperatorLaws = (
  operator: () => OperatorFunction<string, unknown>,
  sample: string,
): void => {
  describe('as any operator', () => {
    it(
      'completes with an empty source',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  --|');
        const subs = '         ^-!';
        const expected = '     --|';

        expectObservable(source.pipe(operator())).toBe(expected);
        expectSubscriptions(source.subscriptions).toBe(subs);
      }),
    );

    it(
      'stays silent with a silent source',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  -');
        const subs = '         ^';
        const expected = '     -';

        expectObservable(source.pipe(operator())).toBe(expected);
        expectSubscriptions(source.subscriptions).toBe(subs);
      }),
    );

    it(
      'passes on the error of its source',
      marbles(({ cold, expectObservable }) => {
        const source = cold('  --#');
        const expected = '     --#';

        expectObservable(source.pipe(operator())).toBe(expected);
      }),
    );

    it(
      'lets go of its source when nobody listens any more',
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('  ----');
        const subs = '         ^-!';
        const unsub = '        ^-!';

        expectObservable(source.pipe(operator()), unsub).toBe('---');
        expectSubscriptions(source.subscriptions).toBe(subs);
      }),
    );

    it(
      'subscribes to nothing before it is subscribed to',
      marbles(({ cold, expectSubscriptions }) => {
        const source = cold(`  -${sample}-|`);

        void source.pipe(operator());

        expectSubscriptions(source.subscriptions).toBe([]);
      }),
    );

    it(
      'keeps two subscribers apart',
      marbles(({ cold, expectObservable }) => {
        const source = cold(`  -${sample}-|`);
        const result$ = source.pipe(operator());

        expectObservable(result$, '^').toBe(`  -${sample}-|`);
        expectObservable(result$, '---^').toBe(`----${sample}-|`);
      }),
    );
  });
};
