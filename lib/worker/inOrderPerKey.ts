import {
  defer,
  from,
  ignoreElements,
  merge,
  mergeMap,
  type ObservableInput,
  type OperatorFunction,
  Subject,
  tap,
} from 'rxjs';
import { trampoline } from '../stream/trampoline.js';

export interface InOrderPerKeyOptions {
  /** How many keys are at work at once; the others wait for a free place, in turn. Default: 16. */
  readonly concurrency?: number;
}

/**
 * Works on values of one key one after another, and on different keys at the same time.
 *
 * After each value its key goes to the end of the queue for a place, so a key with much to do does not keep the
 * others waiting. Waiting values are kept, however many: RxJS has no back-pressure.
 *
 *     source:   -a1-a2-b1-|            project: --x|
 *     a1          --x
 *     a2            --x
 *     b1             --x
 *     result:   -----x-x(x|)
 *
 * @example
 * ```ts
 * import { from, map, of, Subject, take } from 'rxjs';
 * import { inOrderPerKey } from 'comapi-rx/worker';
 *
 * const slow$ = new Subject<void>();
 * const work = (text: string) => (text === 'a1' ? slow$.pipe(take(1), map(() => text)) : of(text));
 * const done: string[] = [];
 * from(['a1', 'a2', 'b1'])
 *   .pipe(inOrderPerKey((text) => text.charAt(0), work))
 *   .subscribe((text) => done.push(text));
 *
 * assert.deepEqual(done, ['b1']); // a2 waits for a1, and b1 for nobody
 * slow$.next();
 * assert.deepEqual(done, ['b1', 'a1', 'a2']);
 * ```
 *
 * @param keyOf Gives the key of a value; compared as in a `Map`.
 * @param project Does the work; the next value of the same key waits until what it returns has completed.
 * @returns An operator. The result errors when the source does, or when `keyOf`, `project` or what it returned
 * does; everything else is then let go of. It completes when the source has, and all work is done.
 */
export const inOrderPerKey =
  <A, B>(
    keyOf: (value: A) => unknown,
    project: (value: A) => ObservableInput<B>,
    { concurrency = 16 }: InOrderPerKeyOptions = {},
  ): OperatorFunction<A, B> =>
  (source$) =>
    defer(() => {
      const waiting = new Map<unknown, A[]>();
      const turns = new Subject<{ readonly key: unknown; readonly value: A }>();
      // Work that is done at once would else call itself for each value that waits.
      const inTurn = trampoline();
      let hasEnded = false;

      const take = (key: unknown, value: A): void => {
        inTurn(() => {
          turns.next({ key, value });
        });
      };
      const arrive = (value: A): void => {
        const key = keyOf(value);
        const line = waiting.get(key);
        if (line !== undefined) {
          line.push(value);
          return;
        }
        waiting.set(key, []);
        take(key, value);
      };
      const goOn = (key: unknown): void => {
        const line = waiting.get(key);
        const [next] = line?.splice(0, 1).map((value) => ({ value })) ?? [];
        if (next !== undefined) take(key, next.value);
        else waiting.delete(key);
        endIfDone();
      };
      const endIfDone = (): void => {
        if (hasEnded && waiting.size === 0) turns.complete();
      };
      const arriving$ = source$.pipe(
        tap({
          next: arrive,
          complete: () => {
            hasEnded = true;
            endIfDone();
          },
        }),
        ignoreElements(),
      );

      return merge(
        turns.pipe(
          mergeMap(
            ({ key, value }) =>
              defer(() => from(project(value))).pipe(
                tap({
                  complete: () => {
                    goOn(key);
                  },
                }),
              ),
            concurrency,
          ),
        ),
        arriving$,
      );
    });
