import { describe, expect, it } from '@jest/globals';
import { routeBy } from '../../lib/stream/routeBy.js';
import { watch } from '../support/watch.js';

describe('routeBy', () => {
  it('gives a value to those on its route and to nobody else', () => {
    const routes = routeBy<string, number>();
    const [a, alsoA, b] = [watch(routes.to('a')), watch(routes.to('a')), watch(routes.to('b'))];

    routes.next('a', 1);
    routes.next('b', 2);
    routes.next('c', 3);

    expect([a, alsoA, b].map(({ values }) => values)).toEqual([[1], [1], [2]]);
  });

  it.each(['__proto__', 'constructor', ''])('knows %p as a key like any other', (key) => {
    const routes = routeBy<string, number>();

    routes.next(key, 1);
    const seen = watch(routes.to(key));
    routes.next(key, 2);

    expect(seen.values).toEqual([2]);
  });

  it('gives whoever comes in the middle the next value first', () => {
    const routes = routeBy<string, number>();
    const late: number[] = [];
    routes.to('a').subscribe((value) => {
      if (value === 1) routes.to('a').subscribe((next) => late.push(next));
    });

    routes.next('a', 1);
    routes.next('a', 2);

    expect(late).toEqual([2]);
  });

  it('gives whoever leaves in the middle nothing more, and all others the value', () => {
    const routes = routeBy<string, number>();
    routes.to('a').subscribe(() => {
      second.unsubscribe();
    });
    const second = watch(routes.to('a'));
    const third = watch(routes.to('a'));

    routes.next('a', 1);

    expect(second.values).toEqual([]);
    expect(third.values).toEqual([1]);
  });

  it('tells an audience as it was when it was taken', () => {
    const routes = routeBy<string, number>();
    const early = watch(routes.to('a'));

    const tell = routes.audience('a');
    const late = watch(routes.to('a'));
    tell(1);

    expect(early.values).toEqual([1]);
    expect(late.values).toEqual([]);
  });

  it('ends those who are there; whoever comes later starts anew', () => {
    const routes = routeBy<string, number>();
    const [a, b] = [watch(routes.to('a')), watch(routes.to('b'))];

    routes.dismiss().error(new Error('over'));
    const next = watch(routes.to('a'));
    routes.next('a', 1);
    routes.dismiss().complete();

    expect([a.end, b.end, next.end]).toEqual(['over', 'over', 'completed']);
    expect(next.values).toEqual([1]);
  });

  it('does not end whoever comes back from within the end', () => {
    const routes = routeBy<string, number>();
    const back: unknown[] = [];
    routes
      .to('a')
      .subscribe({ complete: () => routes.to('a').subscribe({ complete: () => back.push('completed') }) });
    watch(routes.to('b'));

    routes.dismiss().complete();

    expect(back).toEqual([]);
    expect(routes.size).toBe(1);
  });

  it('keeps nothing of a route that nobody is on any more', () => {
    const routes = routeBy<number, number>();

    for (let key = 0; key < 1_000; key += 1) watch(routes.to(key)).unsubscribe();
    const [a, alsoA] = [watch(routes.to(1)), watch(routes.to(1))];
    a.unsubscribe();
    const sizeWithOne = routes.size;
    alsoA.unsubscribe();

    expect(sizeWithOne).toBe(1);
    expect(routes.size).toBe(0);
  });

  it('says when the first of all has come and the last of all has left', () => {
    const said: string[] = [];
    const routes = routeBy<string, number>({
      wanted: () => said.push(`wanted, by ${routes.size}`),
      unwanted: () => said.push('unwanted'),
    });
    const first = routes.to('a').subscribe();
    const second = routes.to('a').subscribe();
    const third = routes.to('b').subscribe();
    first.unsubscribe();
    second.unsubscribe();
    expect(said).toEqual(['wanted, by 1']);
    third.unsubscribe();
    routes.to('b').subscribe();
    expect(said).toEqual(['wanted, by 1', 'unwanted', 'wanted, by 1']);
  });

  it('is not unwanted by an end that it was told itself', () => {
    const said: string[] = [];
    const routes = routeBy<string, number>({
      wanted: () => said.push('wanted'),
      unwanted: () => said.push('unwanted'),
    });
    routes.to('a').subscribe();
    routes.dismiss().complete();
    expect(said).toEqual(['wanted']);
  });
});
