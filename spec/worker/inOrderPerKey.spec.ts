import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { concat, delay, from, lastValueFrom, NEVER, of, throwError, toArray } from 'rxjs';
import { inOrderPerKey } from '../../lib/worker/inOrderPerKey.js';
import { marbles } from '../support/marbles.js';
import { obeysOperatorLaws } from '../support/obeysOperatorLaws.js';
import { virtualTime } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

/** Capital and small letter are values of one key. */
const keyOf = (letter: string): string => letter.toLowerCase();

describe('inOrderPerKey', () => {
  obeysOperatorLaws(() => inOrderPerKey(keyOf, (letter) => of(letter)), 'a');

  it(
    'works on one key in order, and on others meanwhile',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -aAb----|');
      const a = '             ---a|';
      const b = '               ---b|';
      const A = '                 ---A|';
      const expected = '     ----a-b-A|';
      const work = new Map([a, b, A].map((line) => [line.trim().charAt(3), cold(line.trim())]));

      expectObservable(
        source.pipe(inOrderPerKey<string, string>(keyOf, (letter) => work.get(letter) ?? NEVER)),
      ).toBe(expected);
    }),
  );

  it(
    'works on so many keys at once, and lets each have its turn',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  (aAbB|)');
      const work = '         -w|';
      const expected = '     -a-b-A-B|';

      expectObservable(
        source.pipe(inOrderPerKey(keyOf, (w) => cold(work.trim(), { w }), { concurrency: 1 })),
      ).toBe(expected);
    }),
  );

  it(
    'errors with the work, and lets go of the source and of other work',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -ab-----');
      const subs = '         ^---!';
      const other = cold('     ------');
      const otherSubs = '    -^--!';
      const failing = cold('    --#');

      expectObservable(
        source.pipe(inOrderPerKey(keyOf, (letter) => (letter === 'a' ? other : failing))),
      ).toBe('               ----#');
      expectSubscriptions(source.subscriptions).toBe(subs);
      expectSubscriptions(other.subscriptions).toBe(otherSubs);
    }),
  );

  it('errors with what keyOf or project throws', () => {
    const boom = new Error('boom');
    const fail = (): never => {
      throw boom;
    };

    expect(watch(of('a').pipe(inOrderPerKey(fail, (letter) => of(letter)))).error).toBe(boom);
    expect(watch(of('a').pipe(inOrderPerKey(keyOf, fail))).error).toBe(boom);
    expect(watch(of('a').pipe(inOrderPerKey(keyOf, () => throwError(() => boom)))).error).toBe(boom);
  });

  it('survives a long queue of work that is done at once', () => {
    const { scheduler } = virtualTime();
    const count = 100_000;
    const first$ = of(-1).pipe(delay(1, scheduler));
    const numbers$ = concat(of(-1), from(Array.from({ length: count }, (_, index) => index)));

    const seen = watch(
      numbers$.pipe(
        inOrderPerKey(
          () => 'one',
          (number) => (number < 0 ? first$ : of(number)),
        ),
      ),
    );
    scheduler.flush();

    expect(seen.end).toBe('completed');
    expect(seen.values).toHaveLength(count + 1);
  });

  it('keeps each key in order and never works on more keys than it may, whatever takes how long', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.constantFrom('', '__proto__', 'a', 'b'), took: fc.nat(3) })),
        fc.integer({ min: 1, max: 4 }),
        async (values, concurrency) => {
          const numbered = values.map((value, index) => ({ ...value, index }));
          const atWork = new Set<string>();
          let most = 0;
          const done$ = from(numbered).pipe(
            inOrderPerKey(
              ({ key }) => key,
              async function* (value) {
                expect(atWork.has(value.key)).toBe(false);
                atWork.add(value.key);
                most = Math.max(most, atWork.size);
                for (let turn = 0; turn < value.took; turn += 1) await Promise.resolve();
                atWork.delete(value.key);
                yield value;
              },
              { concurrency },
            ),
            toArray(),
          );

          const done = await lastValueFrom(done$);

          const byKey =
            (key: string): ((value: { readonly key: string }) => boolean) =>
            (value) =>
              value.key === key;
          for (const key of new Set(values.map((value) => value.key))) {
            expect(done.filter(byKey(key))).toEqual(numbered.filter(byKey(key)));
          }
          expect(done).toHaveLength(values.length);
          expect(most).toBeLessThanOrEqual(concurrency);
        },
      ),
    );
  });
});
