import { describe, it } from '@jest/globals';
import { mergeMap } from 'rxjs';
import { sharedFlights } from '../../lib/stream/sharedFlights.js';
import { marbles } from '../support/marbles.js';

describe('sharedFlights', () => {
  it(
    'lets those who ask meanwhile share one request, and nobody who asks later',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const flight = sharedFlights<string>();
      const request = cold('  ---a|');
      const asked = hot('     x-x--x-----');
      const subs = ['         ^---!', '     -----^---!'];
      const expected = '      ---(aa)-a--';

      // Who asks at 5 asks anew, though the first answer came at 3.
      expectObservable(asked.pipe(mergeMap(() => flight('key', () => request)))).toBe(expected);
      expectSubscriptions(request.subscriptions).toBe(subs);
    }),
  );

  it(
    'asks anew for who asks in answer to it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const flight = sharedFlights<string>();
      const request = cold('  --a|');
      const subs = ['         ^--!', '       --^--!'];
      const expected = '      ----a|';

      expectObservable(flight('key', () => request).pipe(mergeMap(() => flight('key', () => request)))).toBe(
        expected,
      );
      expectSubscriptions(request.subscriptions).toBe(subs);
    }),
  );

  it(
    'keeps keys apart, passes an error on to all, and begins anew after it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const flight = sharedFlights<string>();
      const failing = cold('  --#');
      const other = cold('    --b|');
      const first = '         ^--';
      const second = '        -^-';
      const third = '         ---^-';

      expectObservable(
        flight('key', () => failing),
        first,
      ).toBe('--#');
      expectObservable(
        flight('key', () => failing),
        second,
      ).toBe('--#');
      expectObservable(
        flight('key', () => failing),
        third,
      ).toBe('-----#');
      expectObservable(
        flight('other', () => other),
        first,
      ).toBe('--b|');
      expectSubscriptions(failing.subscriptions).toBe(['^-!', '---^-!']);
    }),
  );

  it(
    'lets go of the request with the last who waits',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const flight = sharedFlights<string>();
      const request = cold('  -----a|');
      const first = '         ^-!';
      const second = '        -^-!';
      const subs = '          ^--!';

      expectObservable(
        flight('key', () => request),
        first,
      ).toBe('-');
      expectObservable(
        flight('key', () => request),
        second,
      ).toBe('-');
      expectSubscriptions(request.subscriptions).toBe(subs);
    }),
  );
});
