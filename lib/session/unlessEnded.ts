import { type MonoTypeOperatorFunction, type Observable, takeUntil, throwIfEmpty } from 'rxjs';
import { ComapiError } from '../fault/ComapiError.js';

/** Gives up with `'closed'` when the session ends before there is an answer. */
export const unlessEnded =
  <A>(ended$: Observable<void>): MonoTypeOperatorFunction<A> =>
  (answer$) =>
    answer$.pipe(takeUntil(ended$), throwIfEmpty(sessionEnded));

const sessionEnded = (): ComapiError =>
  new ComapiError({ kind: 'closed', message: 'The session was ended meanwhile.' });
