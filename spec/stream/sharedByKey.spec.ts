import { describe, expect, it } from '@jest/globals';
import { defer, NEVER, type Observable, of, startWith, Subject, throwError } from 'rxjs';
import { sharedByKey } from '../../lib/stream/sharedByKey.js';
import { watch } from '../support/watch.js';

describe('sharedByKey', () => {
  it('runs once for a key while anybody is there, and tells who comes later the latest', () => {
    const sources: Subject<string>[] = [];
    const of$ = sharedByKey((_key: string) => {
      const source = new Subject<string>();
      sources.push(source);
      return source;
    });

    const first = watch(of$('a'));
    sources[0]?.next('1');
    sources[0]?.next('2');
    const second = watch(of$('a'));
    const other = watch(of$('b'));

    expect([first.values, second.values, other.values]).toEqual([['1', '2'], ['2'], []]);
    expect(sources).toHaveLength(2);
  });

  it('lets go with the last one, and begins anew with the next', () => {
    let runs = 0;
    const of$ = sharedByKey((key: string) => defer(() => NEVER.pipe(startWith(`${key}${++runs}`))));

    const all = [watch(of$('a')), watch(of$('a'))];
    all[0]?.unsubscribe();
    const third = watch(of$('a'));
    all[1]?.unsubscribe();
    third.unsubscribe();

    expect([...all, third, watch(of$('a'))].map(({ values }) => values)).toEqual([
      ['a1'],
      ['a1'],
      ['a1'],
      ['a2'],
    ]);
  });

  it.each([
    ['completes', (): Observable<number> => of(1), 'completed'],
    ['errors', (): Observable<number> => throwError(() => new Error('gone')), 'gone'],
  ])('begins anew after a run that %s', (_, make, end) => {
    let runs = 0;
    const of$ = sharedByKey((_key: string) =>
      defer(() => {
        runs += 1;
        return make();
      }),
    );

    expect([watch(of$('a')).end, watch(of$('a')).end, runs]).toEqual([end, end, 2]);
  });

  it('shares the next run with who comes back in answer to the end', () => {
    const source = new Subject<string>();
    let runs = 0;
    const of$ = sharedByKey((_key: string) =>
      defer(() => {
        runs += 1;
        return runs === 1 ? source : NEVER;
      }),
    );
    of$('a').subscribe({ complete: () => watch(of$('a')) });

    source.complete();
    watch(of$('a'));

    expect(runs).toBe(2);
  });
});
