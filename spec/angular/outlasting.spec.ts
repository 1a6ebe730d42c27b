import { describe, expect, it } from '@jest/globals';
import { BehaviorSubject, concat, defer, NEVER, type Observable, of, throwError } from 'rxjs';
import { outlasting } from '../../lib/angular/outlasting.js';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import type { ConnectionStatus } from '../../lib/transport/ConnectionStatus.js';
import { marbles } from '../support/marbles.js';
import { watch } from '../support/watch.js';

const verdict = new ComapiError({ kind: 'unauthorized', message: 'The server refuses.' });
const FAILED: ConnectionStatus = { state: 'failed', error: verdict };
const FINE: ConnectionStatus = { state: 'connected', since: 0 };

const failed = (last: string, error: unknown): string => `${last} ${String(error)}`;
const under = (status: ConnectionStatus): BehaviorSubject<ConnectionStatus> => new BehaviorSubject(status);

interface Doomed {
  readonly stream$: Observable<string>;
  /** How many subscribers it has had. */
  readonly count: number;
}

/** Gives each subscriber a value of its own, and then the verdict. */
const doomed = (): Doomed => {
  let count = 0;
  return {
    stream$: defer(() => {
      count += 1;
      return concat(
        of(`value ${count}`),
        throwError(() => 'verdict'),
      );
    }),
    get count() {
      return count;
    },
  };
};

describe('outlasting', () => {
  it(
    'shows an error as the last value, and ends, while the line itself is well',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -a-b-#    ');
      const subs = '         ^----!    ';
      const expected = '     -a-b-(x|) ';

      const result$ = source.pipe(outlasting({ first: 'nothing', failed, status$: under(FINE) }));

      expectObservable(result$).toBe(expected, { a: 'a', b: 'b', x: 'b error' });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'has what came first to show when the error is all that comes',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  --#    ');
      const expected = '     --(x|) ';

      const result$ = source.pipe(outlasting({ first: 'nothing', failed, status$: under(FINE) }));

      expectObservable(result$).toBe(expected, { x: 'nothing error' });
    }),
  );

  it('begins anew when a line that has failed is revived', () => {
    const status$ = under(FAILED);
    const source = doomed();
    const shown = watch(source.stream$.pipe(outlasting({ first: 'nothing', failed, status$ })));
    expect(shown.values).toEqual(['value 1', 'value 1 verdict']);

    status$.next(FINE);

    expect(shown.values).toEqual(['value 1', 'value 1 verdict', 'value 2', 'value 2 verdict']);
    expect(shown.end).toBe('completed');
  });

  it('asks a closed client for nothing more', () => {
    const status$ = under(FAILED);
    const source = doomed();
    const shown = watch(source.stream$.pipe(outlasting({ first: 'nothing', failed, status$ })));

    status$.next({ state: 'closed' });

    expect(source.count).toBe(1);
    expect(shown.end).toBe('completed');
  });

  it('lets go of the status with its subscriber', () => {
    const status$ = under(FAILED);
    watch(doomed().stream$.pipe(outlasting({ first: 'nothing', failed, status$ }))).unsubscribe();

    expect(status$.observed).toBe(false);
  });

  it('waits for nothing while the source lives', () => {
    const status$ = under(FINE);
    watch(NEVER.pipe(outlasting({ first: 'nothing', failed, status$ })));

    expect(status$.observed).toBe(false);
  });
});
