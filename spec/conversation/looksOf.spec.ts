import { describe, it } from '@jest/globals';
import { map } from 'rxjs';
import { looksOf } from '../../lib/conversation/looksOf.js';
import { marbles } from '../support/marbles.js';

const LINE = { o: true, x: false };

describe('looksOf', () => {
  it(
    'looks at the start, with each opening, once more soon after, and then now and then',
    marbles(({ cold, expectObservable }, scheduler) => {
      const line = cold('    x-o-----------------x--o------', LINE);
      const leaving = '      -----------------------------!';
      const expected = '     r-r--r----r-------r----r--r---';

      const looks$ = looksOf({ isOpen$: line, confirmProbeMs: 3, idleProbeMs: 8, scheduler }).pipe(
        map(() => 'r'),
      );
      expectObservable(looks$, leaving).toBe(expected);
    }),
  );

  it(
    'looks only at the openings where it shall never look otherwise',
    marbles(({ cold, expectObservable }, scheduler) => {
      const line = cold('    o----x--x--o-', LINE);
      const leaving = '      ------------!';
      const expected = '     r----------r-';

      const looks$ = looksOf({ isOpen$: line, confirmProbeMs: Infinity, idleProbeMs: Infinity, scheduler });
      expectObservable(looks$.pipe(map(() => 'r')), leaving).toBe(expected);
    }),
  );
});
