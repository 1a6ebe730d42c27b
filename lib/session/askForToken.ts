import {
  catchError,
  concatMap,
  defaultIfEmpty,
  defer,
  from,
  type Observable,
  type ObservableInput,
  of,
  take,
  throwError,
} from 'rxjs';
import { ComapiError } from '../fault/ComapiError.js';

/** What an app answers when it is asked for a token: `null`, `undefined` and `''` refuse. */
export type Token = string | null | undefined;

/** The three ways to answer: at once, with a promise, or with an Observable. */
export type TokenAnswer = Token | ObservableInput<Token>;

/** A callback of the app that gives a token. */
export interface TokenQuestion {
  /** Its name, for faults: `'authenticate'`. */
  readonly name: string;
  readonly ask: () => TokenAnswer;
}

/**
 * Asks the app for a token, whichever way it answers: with the string itself, a promise or an Observable, of
 * which the first value counts.
 *
 * @returns Emits the token and completes. Errors with `'unauthorized'` when the app refuses or completes without
 * an answer, and with `'network'`, which is worth another try, when it throws or rejects. The app's own error is
 * not kept: it may hold the credentials that the app logs in with.
 */
export const askForToken = ({ name, ask }: TokenQuestion): Observable<string> =>
  defer(() => answered(ask())).pipe(
    take(1),
    catchError((error: unknown) => throwError(() => failed(name, error))),
    defaultIfEmpty(null),
    concatMap((token) => {
      if (token === null || token === undefined || token === '') return throwError(() => refused(name));
      if (typeof token !== 'string') return throwError(() => failed(name, new TypeError()));
      return of(token);
    }),
  );

/** A string is an `ObservableInput` of its characters; here it is the token. */
const answered = (answer: TokenAnswer): Observable<unknown> =>
  answer === null || answer === undefined || typeof answer === 'string' ? of(answer) : from(answer);

const refused = (name: string): ComapiError =>
  new ComapiError({ kind: 'unauthorized', message: `${name} gave no token: the app refuses to log in.` });

const failed = (name: string, error: unknown): ComapiError =>
  new ComapiError({ kind: 'network', message: `${name} failed${kindOf(error)}.` });

const kindOf = (error: unknown): string =>
  error instanceof Error && /^\w{1,40}$/.test(error.name) ? ` (${error.name})` : '';

/** Whoever was asked takes too long. */
export const unanswered = (name: string, afterMs: number): ComapiError =>
  new ComapiError({ kind: 'timeout', message: `${name} gave no answer within ${afterMs} ms.` });
