import { catchError, filter, map, type Observable, of, switchMap } from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import type { HistoryReader } from './historyReader.js';

/** What is gone, and not only unknown. */
export const isGone = (error: unknown): boolean => faultOf(error).status === 410;

/**
 * Finds the first position that history still answers for, at or after one that it said to be gone. It does not say
 * where that is, so it is looked for by halves. Completes where history answers for none, and errors as requests do.
 */
export const keptFrom = (
  { readPage, readLatest }: Pick<HistoryReader, 'readPage' | 'readLatest'>,
  conversationId: string,
  gone: number,
): Observable<number> => {
  const isKept = (from: number): Observable<boolean> =>
    readPage(conversationId, from, 1).pipe(
      map(() => true),
      catchError((error: unknown) => {
        if (isGone(error)) return of(false);
        throw error;
      }),
    );

  const search = (low: number, high: number): Observable<number> => {
    if (low >= high) return of(low);
    const middle = low + Math.floor((high - low) / 2);
    return isKept(middle).pipe(switchMap((is) => (is ? search(low, middle) : search(middle + 1, high))));
  };

  return readLatest(conversationId).pipe(
    switchMap((latest = -1) => search(gone, latest + 1).pipe(filter((position) => position <= latest))),
  );
};
