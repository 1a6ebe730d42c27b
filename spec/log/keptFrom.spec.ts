import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lastValueFrom, of, throwError, toArray } from 'rxjs';
import { keptFrom } from '../../lib/log/keptFrom.js';
import { ComapiError } from '../../lib/fault/ComapiError.js';

const refused = (status: number): ComapiError =>
  new ComapiError({ kind: 'http', message: `The server answered ${status}.`, status });

/** A history that ends at `latest`, and answers for nothing before `kept`. */
const reader = (kept: number, latest: number | undefined, status = 410) => {
  const asked: number[] = [];
  return {
    asked,
    readLatest: () => of(latest),
    readPage: (_: string, from: number) => {
      asked.push(from);
      return from < kept ? throwError(() => refused(status)) : of({ items: [], skipped: [] });
    },
  };
};

const found = (history: ReturnType<typeof reader>, gone: number): Promise<readonly number[]> =>
  lastValueFrom(keptFrom(history, 'garden', gone).pipe(toArray()));

describe('keptFrom', () => {
  it('finds the first position that history answers for, in as many requests as there are halves', async () => {
    const position = fc.maxSafeNat();
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(position, { minLength: 3, maxLength: 3 }), async (positions) => {
        const [gone = 0, kept = 0, latest = 0] = positions.sort((a, b) => a - b);
        const history = reader(kept, latest);
        expect(await found(history, gone)).toEqual([kept]);
        expect(history.asked.length).toBeLessThanOrEqual(Math.ceil(Math.log2(latest - gone + 2)));
      }),
    );
  });

  it('finds the very position where it is answered for again', async () => {
    expect(await found(reader(4, 9), 4)).toEqual([4]);
  });

  it.each([
    ['is gone up to its end', reader(10, 9)],
    ['ends before', reader(9, 3)],
    ['is empty', reader(9, undefined)],
  ])('finds nothing where the log %s', async (_what, history) => {
    expect(await found(history, 4)).toEqual([]);
  });

  it('errors where a request fails for another reason', async () => {
    await expect(found(reader(9, 9, 503), 4)).rejects.toEqual(refused(503));
  });
});
