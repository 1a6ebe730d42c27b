import { describe, expect, it } from '@jest/globals';
import { defer, of, throwError } from 'rxjs';
import { runsOnce } from '../../lib/stream/runsOnce.js';
import { marbles } from '../support/marbles.js';
import { watch } from '../support/watch.js';

describe('runsOnce', () => {
  it(
    'starts with the first subscriber, runs once, and goes on when they leave',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('   --a-|');
      const result$ = runsOnce(source);

      expectObservable(result$, '-^--!').toBe('---a');
      expectObservable(result$, '--^').toBe(' ---a-|');
      expectObservable(result$, '------^').toBe('------(a|)');
      expectSubscriptions(source.subscriptions).toBe('-^---!');
    }),
  );

  it(
    'goes on although its only subscriber has left',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('   --a|');

      expectObservable(runsOnce(source), '^!').toBe('--');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    }),
  );

  it(
    'gives the same error to all',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('   -#');
      const result$ = runsOnce(source);

      expectObservable(result$).toBe('-#');
      expectObservable(result$, '---^').toBe('---#');
      expectSubscriptions(source.subscriptions).toBe('^!');
    }),
  );

  it('does nothing before it is subscribed to', () => {
    const runs: number[] = [];
    const result$ = runsOnce(defer(() => of(runs.push(1))));
    const runsBefore = runs.length;

    const results = [watch(result$), watch(result$)];

    expect(runsBefore).toBe(0);
    expect(results.map(({ values }) => values)).toEqual([[1], [1]]);
  });

  it('ends no process when nobody is left to hear of the error', () => {
    const result$ = runsOnce(throwError(() => new Error('failed')));

    expect(watch(result$).end).toBe('failed');
  });
});
