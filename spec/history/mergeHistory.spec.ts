import { describe, expect, it, jest } from '@jest/globals';
import {
  concat,
  defer,
  delay,
  distinctUntilChanged,
  EMPTY,
  finalize,
  map,
  NEVER,
  type Observable,
  of,
  Subject,
  take,
  throwError,
  timer,
  VirtualTimeScheduler,
} from 'rxjs';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { mergeHistory, type MergeHistoryOptions } from '../../lib/history/mergeHistory.js';
import type { MergedHistory } from '../../lib/history/MergedHistory.js';
import type { SyncStatus } from '../../lib/history/SyncStatus.js';
import { marbles } from '../support/marbles.js';

// In these diagrams the letter is the position: `3` is the item at position 3.
const byDigit = Number;

/** A history of single digits that answers at once. */
const history =
  (log: string) =>
  (from: number, limit: number): Observable<readonly string[]> =>
    of(
      Array.from(log)
        .filter((item) => Number(item) >= from)
        .slice(0, limit),
    );

const merging = (options: Partial<MergeHistoryOptions<string>> = {}) =>
  mergeHistory({ live$: NEVER, fetch: history(''), positionOf: byDigit, random: () => 0.5, ...options });

/** Writes down what a stream says, until told to stop. */
const record = <A>(values$: Observable<A>) => {
  const words: (A | 'end' | { readonly error: unknown })[] = [];
  const subscription = values$.subscribe({
    next: (value) => words.push(value),
    error: (error: unknown) => words.push({ error }),
    complete: () => words.push('end'),
  });
  return { words, stop: () => subscription.unsubscribe() };
};

const statesOf = (status$: Observable<SyncStatus>) => record(status$.pipe(map(({ state }) => state)));

describe('mergeHistory, in order', () => {
  it('lets go of a request before it makes the next one', () => {
    let underWay = 0;
    let most = 0;
    const scheduler = new VirtualTimeScheduler(undefined, 200);
    const fetch = (from: number, limit: number): Observable<readonly string[]> =>
      defer(() => {
        underWay += 1;
        most = Math.max(most, underWay);
        // It answers and goes on: only being let go of ends it.
        return concat(history('0123456')(from, limit), NEVER).pipe(delay(10, scheduler));
      }).pipe(
        finalize(() => {
          underWay -= 1;
        }),
      );

    const { words, stop } = record(merging({ fetch, pageSize: 2, scheduler }).events$);
    scheduler.flush();
    expect(words).toEqual(Array.from('0123456'));
    expect({ most, underWay }).toEqual({ most: 1, underWay: 0 });
    stop();
  });

  it(
    'lets history out first, then what is live',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const live$ = hot('     -----34-5-');
      const liveSubs = '      ^--------!';
      const unsub = '         ---------!';
      const expected = '      (012)34-5 ';

      expectObservable(merging({ live$, fetch: history('012') }).events$, unsub).toBe(expected);
      expectSubscriptions(live$.subscriptions).toBe(liveSubs);
    }),
  );

  it(
    'waits for a page, holds what comes live meanwhile, and drops what comes twice',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const live$ = hot('     --3--------42');
      const page$ = cold('    ----(p|)     ', { p: ['0', '1', '2'] });
      const pageSubs = '      ^---!        ';
      const unsub = '         ------------!';
      const expected = '      ----(0123)-4-';

      const fetch = (from: number) => (from === 0 ? page$ : NEVER);
      expectObservable(merging({ live$, fetch }).events$, unsub).toBe(expected);
      expectSubscriptions(page$.subscriptions).toBe(pageSubs);
    }),
  );

  it(
    'puts an out-of-order pair right without a request',
    marbles(({ hot, expectObservable, flush }) => {
      const live$ = hot('     2s 1 100ms 0 ');
      const unsub = '         4s !         ';
      const expected = '      2101ms (01)  ';
      const asked: number[] = [];

      const fetch = (from: number) => {
        asked.push(from);
        return of([]);
      };
      expectObservable(merging({ live$, fetch }).events$, unsub).toBe(expected);
      flush();
      expect(asked).toEqual([0, 0]);
    }),
  );

  it(
    'reads a gap that outlasts the grace',
    marbles(({ cold, hot, expectObservable }) => {
      const live$ = hot('     2s 0-2       ');
      const unsub = '         4s !         ';
      const expected = '      2s 0 306ms (12)';

      const fetch = (from: number) => (from === 1 ? cold('-----(p|)', { p: ['1', '2'] }) : of([]));
      expectObservable(merging({ live$, fetch }).events$, unsub).toBe(expected);
    }),
  );

  it('takes a feed that speaks at once, and holds on to what history does not show yet', () => {
    const seen = record(merging({ live$: concat(of('1', '0', '2'), NEVER) }).events$);
    seen.stop();
    expect(seen.words).toEqual(['0', '1', '2']);
  });

  it('is attached to the feed before it asks, whatever it is told to wait for', () => {
    const steps: string[] = [];
    const live$ = new Subject<string>();
    const seen = record(
      merging({
        live$,
        confirmProbeMs: 0,
        fetch: () => {
          steps.push(live$.observed ? 'asks' : 'asks too early');
          return NEVER;
        },
      }).events$,
    );
    seen.stop();
    expect(steps).toEqual(['asks']);
  });

  it(
    'lets go of a request that hangs, and asks again as after any failure',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const hanging$ = cold<readonly string[]>('-');
      const answers = [hanging$, cold('(p|)', { p: ['0'] })];
      const merged = merging({ fetch: () => answers.shift() ?? NEVER });
      const first = '         ^ 14999ms !';
      const unsub = '         16s       !';
      const events = '        15400ms 0 ';

      expectObservable(merged.events$, unsub).toBe(events);
      expectSubscriptions(hanging$.subscriptions).toBe(first);
    }),
  );

  it(
    'waits for an answer as long as it is told, also for where now is',
    marbles(({ expectObservable, flush }) => {
      const ends = [NEVER, of(3)];
      const refused: unknown[] = [];
      const merged = merging({
        after: 'now',
        latest: () => ends.shift() ?? NEVER,
        fetch: history('345'),
        requestTimeoutMs: 20,
        onFetchError: (error) => {
          refused.push(error);
          return 'retry';
        },
      });
      const unsub = '         1s       !';
      const events = '        420ms (45)';

      expectObservable(merged.events$, unsub).toBe(events);
      flush();
      expect(refused).toEqual([expect.objectContaining({ code: 'timeout' })]);
    }),
  );

  it('takes promises and arrays of pages for answers, of which the first counts', async () => {
    const answers = [Promise.resolve(['0']), [['1'], ['never']], of(['2'], ['never'])];
    const merged = merging({ live$: EMPTY, fetch: () => answers.shift() ?? of([]) });
    const seen: string[] = [];
    await merged.events$.forEach((item) => seen.push(item));
    expect(seen).toEqual(['0', '1', '2']);
  });

  it('skips items whose position makes no sense or cannot be read', () => {
    const positionOf = (item: string): number => {
      if (item === 'x') throw new Error('no position');
      return Number(item);
    };
    const live$ = concat(of('x', 'NaN', '-1', '1.5', '2'), NEVER);
    const seen = record(merging({ live$, fetch: history('0x1'), positionOf }).events$);
    seen.stop();
    expect(seen.words).toEqual(['0', '1', '2']);
  });

  it(
    'passes old holes at once where items tell their time, and waits for the youngest',
    marbles(({ expectObservable }) => {
      const merged = merging({ fetch: history('038'), timeOf: (item) => Number(item) * 60_000 });
      const events = '        (03) 1996ms 8';
      const holes = '         a 1999ms    b';
      const unsub = '         3s         !';

      expectObservable(merged.holes$, unsub).toBe(holes, { a: { from: 1, to: 2 }, b: { from: 4, to: 7 } });
      expectObservable(merged.events$, unsub).toBe(events);
    }),
  );

  it(
    'survives a time that cannot be told',
    marbles(({ expectObservable }) => {
      const timeOf = (): number => {
        throw new Error('no time');
      };
      expectObservable(merging({ fetch: history('01'), timeOf }).events$, '--!').toBe('(01)');
    }),
  );
});

describe('mergeHistory, when a feed ends', () => {
  it(
    'reads what history still has, then completes',
    marbles(({ cold, expectObservable }) => {
      const live$ = cold('    --2|         ');
      const fetch = (from: number) => (from === 0 ? cold('----(p|)', { p: ['0', '1'] }) : of([]));
      const expected = '      ----(012|)   ';

      expectObservable(merging({ live$, fetch }).events$).toBe(expected);
    }),
  );

  it(
    'passes its error on, at once and to whoever comes later',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const live$ = cold('    --0-#        ');
      const page$ = cold('    ------       ');
      const pageSubs = '      ^---!        ';
      const expected = '      --0-#        ';
      const merged = merging({ live$, fetch: () => page$.pipe(map(() => [])) });

      expectObservable(merged.events$).toBe(expected);
      expectObservable(
        timer(9).pipe(() => merged.events$),
        '---------^',
      ).toBe('---------#');
      expectSubscriptions(page$.subscriptions).toBe(pageSubs);
    }),
  );

  it('passes an error of the line on as well', () => {
    const seen = record(merging({ connected$: throwError(() => 'line') }).events$);
    expect(seen.words).toEqual([{ error: 'line' }]);
  });

  it('completes later subscribers at once, and keeps the last status for them', () => {
    const merged = merging({ live$: EMPTY, fetch: history('01'), repollMs: 0 });
    expect(record(merged.events$).words).toEqual(['0', '1', 'end']);
    expect(record(merged.events$).words).toEqual(['end']);
    expect(record(merged.status$).words).toEqual([{ state: 'closed', cursor: 1, highestKnown: 1 }, 'end']);
    for (const side$ of [merged.holes$, merged.discontinuities$, merged.late$]) {
      expect(record<unknown>(side$).words).toEqual(['end']);
    }
  });
});

describe('mergeHistory, when history fails', () => {
  const failing = (...failures: readonly (() => Observable<readonly string[]>)[]) => {
    const left = [...failures];
    return (from: number, limit: number) => left.shift()?.() ?? history('0')(from, limit);
  };
  const fails = () => throwError(() => new Error('secret'));

  it(
    'tries again after half a second at most, then after a second',
    marbles(({ expectObservable }) => {
      const merged = merging({ fetch: failing(fails, fails), repollMs: 0 });
      expectObservable(merged.events$, '2s !').toBe('750ms 0');
    }),
  );

  it.each([
    [
      'throws',
      () => {
        throw new Error('at once');
      },
    ],
    ['completes without an answer', () => EMPTY],
    ['answers no array', () => of('0' as unknown as readonly string[])],
  ] as const)('takes a fetch that %s for a failure', (_what, failure) => {
    marbles(({ expectObservable }) => {
      expectObservable(merging({ fetch: failing(failure), repollMs: 0 }).events$, '2s !').toBe('250ms 0');
    })();
  });

  it('says what is wrong, without the words of a stranger', () => {
    const merged = merging({ fetch: failing(fails) });
    const seen = record(merged.events$);
    const problem = record(merged.status$).words.map((status) => (status as SyncStatus).problem);
    seen.stop();
    expect(problem).toEqual([{ kind: 'network', message: 'The request failed.' }]);
  });

  it('stops with the error where it is told to', () => {
    const merged = merging({ fetch: failing(fails), onFetchError: () => 'stop' });
    const [said] = record(merged.events$).words;
    expect(said).toEqual({ error: new Error('secret') });
    expect(record(merged.status$).words).toMatchObject([{ state: 'closed' }, 'end']);
  });

  it(
    'waits as long as it is told to',
    marbles(({ expectObservable }) => {
      const merged = merging({ fetch: failing(fails), onFetchError: () => ({ retryAfterMs: 5_000 }) });
      expectObservable(merged.events$, '6s !').toBe('5s 0');
    }),
  );

  it('is live where history refuses to be asked for what lies beyond its end', () => {
    const fetch = (from: number, limit: number): Observable<readonly string[]> =>
      from > 2 ? throwError(() => new RangeError()) : history('012')(from, limit);
    const merged = merging({ fetch, repollMs: 0, onFetchError: () => 'out-of-range' });
    const seen = record(merged.events$);
    const [status] = record(merged.status$).words;
    seen.stop();
    expect(seen.words).toEqual(['0', '1', '2']);
    expect(status).toEqual({ state: 'live', cursor: 2, highestKnown: 2 });
  });

  it('goes on behind what is truncated', () => {
    const merged = merging({
      live$: of('3'),
      fetch: failing(fails),
      onFetchError: () => ({ truncatedBefore: 3 }),
    });
    const discontinuities = record(merged.discontinuities$);
    const seen = record(merged.events$);
    expect(discontinuities.words).toEqual([{ from: 0, to: 2, reason: 'truncated' }, 'end']);
    expect(seen.words).toEqual(['3', 'end']);
  });

  const senseless: readonly (readonly [what: string, judge: () => unknown])[] = [
    [
      'throws',
      () => {
        throw new Error('judge');
      },
    ],
    ['says undefined', () => undefined],
    ['says no word that it could', () => 'later'],
    ['answers with a promise', () => Promise.resolve('stop')],
    ['names no number', () => ({ retryAfterMs: NaN })],
    ['names no position', () => ({ truncatedBefore: 1.5 })],
    ['names no end', () => ({ truncatedBefore: Infinity })],
  ];

  it.each(senseless)('tries again when the judge %s', (_what, judge) => {
    marbles(({ expectObservable }) => {
      const onFetchError = judge as unknown as () => 'retry';
      const merged = merging({ fetch: failing(fails), repollMs: 0, onFetchError });
      expectObservable(merged.events$, '2s !').toBe('250ms 0');
    })();
  });

  it('asks the judge about the very error', () => {
    const errors: unknown[] = [];
    const merged = merging({
      fetch: failing(() => of(7 as unknown as readonly string[])),
      onFetchError: (error) => {
        errors.push(error);
        return 'stop';
      },
    });
    record(merged.events$);
    expect(errors).toEqual([
      new ComapiError({ kind: 'invalid-response', message: 'History did not answer with an array.' }),
    ]);
  });
});

describe('mergeHistory, and those who subscribe', () => {
  it(
    'goes on at the cursor for who comes after the last has left, and skips nothing',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const live$ = hot('     -----3-4-5----6-');
      const first = '         ^-----!         ';
      const firstSees = '     (012)3          ';
      const second = '        ----------^----!';
      const secondSees = '    ----------(45)6 ';
      const liveSubs = ['     ^-----!         ', '----------^----!'];
      const logs = ['012', '012', '012345', '012345'];
      const fetch = (from: number, limit: number) => history(logs.shift() ?? '')(from, limit);
      const merged = merging({ live$, fetch });

      expectObservable(merged.events$, first).toBe(firstSees);
      expectObservable(merged.events$, second).toBe(secondSees);
      expectSubscriptions(live$.subscriptions).toBe(liveSubs);
    }),
  );

  it('tells nobody of the failure of a request whose consumer has left as it ended', () => {
    const errors: unknown[] = [];
    const isUp$ = new Subject<boolean>();
    const failed = new Subject<never>();
    let consumer: { unsubscribe(): void } | undefined;
    const follow = (): void => {
      consumer = merged.events$.subscribe({ error: (error: unknown) => errors.push(error) });
    };
    const merged: MergedHistory<string> = merging({
      connected$: isUp$,
      onFetchError: () => 'stop',
      fetch: () =>
        failed.pipe(
          finalize(() => {
            consumer?.unsubscribe();
            follow();
          }),
        ),
    });
    follow();
    isUp$.next(true);
    failed.error(new Error('of the run before'));
    consumer?.unsubscribe();

    expect(errors).toEqual([]);
  });

  it('hands each taker its next item, page by page or not', () => {
    const merged = merging({ fetch: history('01234'), repollMs: 0 });
    const taken = [1, 3, 1].map((count) => record(merged.events$.pipe(take(count))).words);
    expect(taken).toEqual([
      ['0', 'end'],
      ['1', '2', '3', 'end'],
      ['4', 'end'],
    ]);
  });

  it(
    'lets joiners in without replay',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const live$ = hot('     -----3-4-5');
      const joins = '         ------^---';
      const joinerSees = '    -------4-5';
      const liveSubs = '      ^---------';
      const merged = merging({ live$, fetch: history('012') });

      expectObservable(merged.events$, '----------!').toBe('(012)3-4-5');
      expectObservable(merged.events$, joins + '!').toBe(joinerSees);
      expectSubscriptions(live$.subscriptions).toBe(liveSubs + '!');
    }),
  );

  it('tells every consumer of an item before it does what one of them asks for', () => {
    const live$ = new Subject<string>();
    const merged = merging({ live$ });
    const seen: string[] = [];
    const first = merged.events$.subscribe((item) => {
      seen.push(`first ${item}`);
      if (item === '0') live$.next('1');
    });
    const second = merged.events$.subscribe((item) => seen.push(`second ${item}`));
    live$.next('0');
    first.unsubscribe();
    second.unsubscribe();
    expect(seen).toEqual(['first 0', 'second 0', 'first 1', 'second 1']);
  });

  it('can be left and entered again from inside an emission', () => {
    const merged = merging({ fetch: history('0123'), repollMs: 0 });
    const seen: string[] = [];
    const enter = (): void => {
      merged.events$.pipe(take(1)).subscribe((item) => {
        seen.push(item);
        if (item !== '3') enter();
      });
    };
    enter();
    expect(seen).toEqual(['0', '1', '2', '3']);
  });

  it(
    'serves the others when a consumer throws',
    marbles(({ hot, expectObservable }) => {
      const live$ = hot('     -0-1-2-');
      const merged = merging({ live$ });
      const broken$ = merged.events$.pipe(
        map((item) => {
          if (item === '1') throw new Error('broken');
          return item;
        }),
      );
      expectObservable(broken$).toBe('-0-#', undefined, new Error('broken'));
      expectObservable(merged.events$, '------!').toBe('-0-1-2');
    }),
  );

  it('reports what a subscriber throws, and serves the others', () => {
    jest.useFakeTimers();
    const live$ = new Subject<string>();
    const merged = merging({ live$ });
    merged.events$.subscribe(() => {
      throw new Error('broken');
    });
    const seen = record(merged.events$);
    live$.next('0');
    live$.next('1');
    seen.stop();
    expect(seen.words).toEqual(['0', '1']);
    expect(() => jest.runOnlyPendingTimers()).toThrow('broken');
    jest.useRealTimers();
  });

  it(
    'leaves no timer, no request and no subscription behind',
    marbles(({ cold, hot, expectObservable, expectSubscriptions, flush }, scheduler) => {
      const live$ = hot('     ---5-------');
      const line$ = hot('     a----------', { a: true });
      const page$ = cold('    -----------');
      const unsub = '         -----!     ';
      const subs = '          ^----!     ';
      const merged = merging({
        live$,
        connected$: line$,
        latest: () => page$.pipe(map(Number)),
        fetch: () => page$.pipe(map(() => [])),
      });

      expectObservable(merged.events$, unsub).toBe('');
      flush();
      expect(scheduler.actions).toEqual([]);
      expectSubscriptions(live$.subscriptions).toBe(subs);
      expectSubscriptions(line$.subscriptions).toBe(subs);
      expectSubscriptions(page$.subscriptions).toBe([subs, subs]);
    }),
  );

  it('sets no timer for nobody', () => {
    jest.useFakeTimers();
    const merged = merging({ live$: concat(of('3'), NEVER), fetch: history('0') });
    const seen = record(merged.events$);
    jest.advanceTimersByTime(100);
    const whileSeen = jest.getTimerCount();
    seen.stop();
    const afterwards = jest.getTimerCount();
    jest.useRealTimers();
    expect([whileSeen, afterwards]).toEqual([1, 0]);
  });

  it('creates no demand but by its events', () => {
    const live$ = new Subject<string>();
    const merged = merging({ live$ });
    const sides = [merged.status$, merged.holes$, merged.discontinuities$, merged.late$];
    const recorded = sides.map((side$) => record<unknown>(side$));
    expect(live$.observed).toBe(false);
    recorded.forEach(({ stop }) => stop());
    expect(recorded.map(({ words }) => words)).toEqual([
      [{ state: 'idle', cursor: -1, highestKnown: -1 }],
      [],
      [],
      [],
    ]);
  });

  it(
    'gives items that come after all beside the order',
    marbles(({ hot, expectObservable }) => {
      const live$ = hot('     5s 0');
      const merged = merging({ live$, fetch: history('1') });
      expectObservable(merged.late$, '6s !').toBe('5s 0');
      expectObservable(merged.events$, '6s !').toBe('2s 1');
    }),
  );
});

describe('mergeHistory, and its status', () => {
  it('says at once how things stand, and live only after the events that it covers', () => {
    const live$ = new Subject<string>();
    const merged = merging({ live$, fetch: history('01') });
    const words: string[] = [];
    const status = merged.status$.subscribe(({ state, cursor }) => words.push(`${state} ${cursor}`));
    const events = merged.events$.subscribe((item) => words.push(item));
    live$.next('2');
    events.unsubscribe();
    status.unsubscribe();
    expect(words).toEqual([
      'idle -1',
      'catching-up -1',
      '0',
      '1',
      'catching-up 1',
      'live 1',
      '2',
      'live 2',
      'idle 2',
    ]);
  });

  it(
    'goes through all that happens to the line',
    marbles(({ hot, expectObservable }) => {
      const line$ = hot('     -u---d--u-----', { u: true, d: false });
      const unsub = '         -------------!';
      const states = '        c--l-s--c-l--i';
      const merged = merging({
        connected$: line$,
        fetch: () => timer(2).pipe(map(() => [])),
        repollMs: 0,
      });

      expectObservable(merged.events$, unsub).toBe('');
      expectObservable(merged.status$.pipe(map(({ state }) => state.charAt(0)))).toBe(states);
    }),
  );

  it('completes after it said that all is over, before the events end', () => {
    const live$ = new Subject<string>();
    const merged = merging({ live$, repollMs: 0 });
    const words: unknown[] = [];
    merged.status$.subscribe({
      next: ({ state }) => words.push(state),
      complete: () => words.push('status ends'),
    });
    merged.events$.subscribe({ error: () => words.push('events end') });
    live$.error(new Error('over'));
    expect(words.slice(-3)).toEqual(['closed', 'status ends', 'events end']);
  });

  it('never errors', () => {
    const merged = merging({ live$: throwError(() => 'feed') });
    const states = statesOf(merged.status$);
    record(merged.events$);
    expect(states.words).toEqual(['idle', 'catching-up', 'closed', 'end']);
  });

  it('says that it was the live feed that failed, without the words of a stranger', () => {
    const merged = merging({ live$: throwError(() => new Error('secret')) });
    record(merged.events$);
    const problem = { kind: 'network', message: 'The live feed failed.' };
    expect(record(merged.status$).words).toMatchObject([{ state: 'closed', problem }, 'end']);
  });

  it(
    'does not repeat itself where history fails as it did before',
    marbles(({ expectObservable }) => {
      const fetch = () => throwError(() => new Error('again'));
      const merged = merging({ fetch });
      const told$ = merged.status$.pipe(map(({ state, problem }) => `${state} ${problem === undefined}`));
      expectObservable(told$, '19s !').toBe('(abc) 895ms d', {
        a: 'idle true',
        b: 'catching-up true',
        c: 'catching-up false',
        d: 'degraded false',
      });
      expectObservable(merged.events$, '20s !').toBe('');
    }),
  );
});

describe('mergeHistory, with a hint where the log ends', () => {
  it('asks for it once per opening of the line', () => {
    const line$ = new Subject<boolean>();
    let asked = 0;
    const latest = () => {
      asked += 1;
      return EMPTY;
    };
    const seen = record(merging({ connected$: line$, latest }).events$);
    const counts = [true, true, false, false, true].map((isOpen) => {
      line$.next(isOpen);
      return asked;
    });
    seen.stop();
    expect(counts).toEqual([1, 1, 1, 1, 2]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('hint');
      },
    ],
    ['fails', () => throwError(() => new Error('hint'))],
    ['is empty', () => EMPTY],
    ['knows nothing', () => of(undefined)],
    ['is no position', () => of(NaN)],
  ] as const)('minds no hint that %s', (_what, latest) => {
    const merged = merging({ latest, fetch: history('0') });
    const seen = record(merged.events$);
    const states = statesOf(merged.status$);
    seen.stop();
    expect([seen.words, states.words]).toEqual([['0'], ['live', 'idle']]);
  });

  it(
    'reads on when the hint knows of more',
    marbles(({ expectObservable }) => {
      let page: readonly string[] = [];
      const latest = () =>
        timer(10).pipe(
          map(() => {
            page = ['0'];
            return 0;
          }),
        );
      const merged = merging({ latest, fetch: (from) => of(page.slice(from)) });
      // It may be on its way by the line: that is awaited for 300 ms, and the pause is over by 400.
      expectObservable(merged.events$, '1s !').toBe('400ms 0');
    }),
  );

  it(
    'begins now, with what comes live while it asks when that is',
    marbles(({ cold, hot, expectObservable }) => {
      const live$ = hot('     --3-----4-');
      const latest = () => cold('----(n|)', { n: 3 });
      const expected = '      ----3---4-';
      const unsub = '         ---------!';
      const merged = merging({ live$, latest, after: 'now', fetch: history('0123') });

      expectObservable(merged.events$, unsub).toBe(expected);
    }),
  );

  it(
    'asks again when it cannot be told where now is, and says why it does not go on',
    marbles(({ expectObservable, flush }) => {
      let asked = 0;
      const latest = () => {
        asked += 1;
        return asked < 4 ? throwError(() => 'no') : of(1);
      };
      const merged = merging({ latest, after: 'now', fetch: history('012') });
      const states = record(
        merged.status$.pipe(
          map(({ state }) => state),
          distinctUntilChanged(),
        ),
      );
      // Pauses of 400, 500 and 1,000 ms: half of each ceiling, and the least pause.
      expectObservable(merged.events$, '5s !').toBe('1900ms 2');
      flush();
      states.stop();
      expect(states.words).toEqual(['idle', 'catching-up', 'degraded', 'catching-up', 'live', 'idle']);
    }),
  );

  it('stops where the judge says so of the question where now is', () => {
    const latest = () => throwError(() => 'gone');
    const merged = merging({ latest, after: 'now', onFetchError: () => 'stop' });
    expect(record(merged.events$).words).toEqual([{ error: 'gone' }]);
  });
});

describe('mergeHistory, called wrongly', () => {
  const wrong = (options: object) => () => merging(options);

  it('refuses to do without what it needs', () => {
    expect(wrong({ live$: undefined })).toThrow(new TypeError('live$ must be an Observable.'));
    expect(wrong({ fetch: undefined })).toThrow(new TypeError('fetch must be a function.'));
    expect(wrong({ positionOf: 'id' })).toThrow(new TypeError('positionOf must be a function.'));
    expect(wrong({ after: 'now' })).toThrow(TypeError);
  });

  it.each([undefined, null, 5])('refuses %p instead of options', (options) => {
    const refusal = new TypeError('options must be an object.');
    expect(() => mergeHistory(options as unknown as MergeHistoryOptions<string>)).toThrow(refusal);
  });

  it.each([
    ...['live$', 'connected$', 'fetch', 'positionOf', 'timeOf', 'latest', 'onFetchError', 'scheduler'],
    'random',
  ])('refuses a %s of null, 5, true, a text or nothing but an object', (name) => {
    for (const value of [null, 5, true, 'text', {}]) {
      expect(wrong({ [name]: value })).toThrow(TypeError);
      expect(wrong({ [name]: value })).toThrow(`${name} must be a`);
    }
  });

  it.each([-2, 0.5, NaN, Infinity, '3', null, 'later'])('refuses to begin after %p', (after) => {
    expect(wrong({ after })).toThrow(RangeError);
  });

  it('refuses numbers that make no sense', () => {
    expect(wrong({ pageSize: 0 })).toThrow(RangeError);
    expect(wrong({ holeGraceMs: -1 })).toThrow(RangeError);
  });

  it('takes undefined for absent', () => {
    const absent = Object.fromEntries(
      ['connected$', 'timeOf', 'latest', 'onFetchError', 'after', 'scheduler', 'random', 'pageSize'].map(
        (name) => [name, undefined],
      ),
    );
    const seen = record(merging({ fetch: history('0'), ...absent }).events$);
    seen.stop();
    expect(seen.words).toEqual(['0']);
  });
});
