import { describe, expect, it } from '@jest/globals';
import { EMPTY, NEVER, noop, Observable, of, Subject } from 'rxjs';
import { limitConcurrency } from '../../lib/stream/limitConcurrency.js';
import { marbles } from '../support/marbles.js';
import { obeysOperatorLaws } from '../support/obeysOperatorLaws.js';
import { watch } from '../support/watch.js';

describe('limitConcurrency', () => {
  obeysOperatorLaws(() => limitConcurrency(2), 'a');

  it(
    'lets the next one begin when one completes',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const limited = limitConcurrency(1);
      const first = cold('   -a-|');
      const second = cold('     -b-|');
      const third = cold('         -c-|');

      expectObservable(limited(first)).toBe('  -a-|');
      expectObservable(limited(second)).toBe(' ----b-|');
      expectObservable(limited(third)).toBe('  -------c-|');
      expectSubscriptions(first.subscriptions).toBe('  ^--!');
      expectSubscriptions(second.subscriptions).toBe(' ---^--!');
      expectSubscriptions(third.subscriptions).toBe('  ------^--!');
    }),
  );

  it('lets any number begin that end at once', () => {
    const limited = limitConcurrency(1);
    const first = new Subject<never>();
    limited(first).subscribe();
    let ended = 0;
    for (let each = 0; each < 20_000; each += 1) {
      limited(EMPTY).subscribe({
        complete: () => {
          ended += 1;
        },
      });
    }

    first.complete();

    expect(ended).toBe(20_000);
  });

  it(
    'lets the next one begin when one errors, which concerns nobody else',
    marbles(({ cold, expectObservable }) => {
      const limited = limitConcurrency(1);

      expectObservable(limited(cold(' -#'))).toBe('   -#');
      expectObservable(limited(cold('  -b|'))).toBe(' --b|');
    }),
  );

  it(
    'lets the next one begin when somebody leaves',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const limited = limitConcurrency(1);
      const second = cold('             -b|');

      expectObservable(limited(cold('-')), '^-!').toBe('---');
      expectObservable(limited(second)).toBe('        ---b|');
      expectSubscriptions(second.subscriptions).toBe('--^-!');
    }),
  );

  it.each([
    ['completes', (one: Subject<never>) => one.complete()],
    ['errors', (one: Subject<never>) => one.error('gone')],
    ['is left', (_: unknown, leave: () => void) => leave()],
  ] as const)('lets go of one that %s before the next one begins', (_how, end) => {
    const limited = limitConcurrency(1);
    const said: string[] = [];
    const noting = (name: string, source$: Observable<never>): Observable<never> =>
      new Observable((subscriber) => {
        said.push(`${name} begins`);
        subscriber.add(() => said.push(`${name} is let go of`));
        return source$.subscribe(subscriber);
      });
    const source = new Subject<never>();
    const first = limited(noting('first', source)).subscribe({ error: noop });
    limited(noting('second', NEVER)).subscribe();

    end(source, () => {
      first.unsubscribe();
    });

    expect(said).toEqual(['first begins', 'first is let go of', 'second begins']);
  });

  it(
    'forgets whoever leaves the queue',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const limited = limitConcurrency(1);
      const second = cold('-b|');
      const third = cold(' -c|');

      expectObservable(limited(cold('---|'))).toBe('   ---|');
      expectObservable(limited(second), '^-!').toBe('  -');
      expectObservable(limited(third)).toBe('          ----c|');
      expectSubscriptions(second.subscriptions).toBe([]);
    }),
  );

  it(
    'runs as many at once as it may',
    marbles(({ cold, expectSubscriptions }) => {
      const limited = limitConcurrency(2);
      const sources = [cold('--|'), cold('----|'), cold('-|')];

      for (const source of sources) limited(source).subscribe();

      expectSubscriptions(sources[0]?.subscriptions ?? []).toBe('^-!');
      expectSubscriptions(sources[1]?.subscriptions ?? []).toBe('^---!');
      expectSubscriptions(sources[2]?.subscriptions ?? []).toBe('--^!');
    }),
  );

  it('keeps count where sources end at once, and where the next one is asked for from within', () => {
    const limited = limitConcurrency(1);
    const told: unknown[] = [];

    limited(of(1)).subscribe({
      next: (value) => {
        told.push(value);
        limited(of(2)).subscribe((next) => told.push(next));
      },
      complete: () => told.push('first completed'),
    });
    const running = watch(limited(NEVER));
    const waiting = watch(limited(of(3)));
    const valuesBefore = [...waiting.values];
    running.unsubscribe();

    expect(told).toEqual([1, 'first completed', 2]);
    expect(valuesBefore).toEqual([]);
    expect(waiting.values).toEqual([3]);
  });
});
