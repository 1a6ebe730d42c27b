import { describe, expect, it } from '@jest/globals';
import { concatMap, EMPTY, of, throwError, timer } from 'rxjs';
import { createFlights } from '../../lib/session/createFlights.js';
import { marbles } from '../support/marbles.js';

describe('createFlights', () => {
  it(
    'does the work once for all who come while it runs',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const flights = createFlights<string>();
      const work = cold('   --a|');
      const subs = '        ^--!';
      const flight$ = flights.launch(work);
      const joined$ = timer(1).pipe(concatMap(() => flights.underWay() ?? EMPTY));

      expect(flights.underWay()).toBeUndefined();
      expectObservable(flight$).toBe('--a|');
      expectObservable(joined$).toBe('--a|');
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'lets others join, and ends with the last who leaves',
    marbles(({ cold, expectSubscriptions }) => {
      const flights = createFlights<string>();
      const work = cold('   ------a|');
      const subs = '        (^!)';
      const first = flights.launch(work).subscribe();
      const second = flights.underWay()?.subscribe();
      first.unsubscribe();
      const stillThere = flights.underWay() !== undefined;
      second?.unsubscribe();

      expect([stillThere, flights.underWay()]).toEqual([true, undefined]);
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it.each([
    ['a value', of('a')],
    ['an error', throwError(() => 'e')],
    ['nothing', EMPTY],
  ])('has landed by the time that %s arrives', (_, work$) => {
    const flights = createFlights<string>();
    const seen: unknown[] = [];
    const look = (): unknown => seen.push(flights.underWay());
    flights.launch(work$).subscribe({ next: look, error: look });
    look();

    expect(new Set(seen)).toEqual(new Set([undefined]));
  });
});
