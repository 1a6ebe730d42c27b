import {
  catchError,
  defer,
  from,
  map,
  type Observable,
  type ObservableInput,
  of,
  take,
  throwError,
  throwIfEmpty,
} from 'rxjs';
import { ComapiError } from '../fault/ComapiError.js';
import { faultOf } from '../fault/faultOf.js';
import { present } from '../stream/present.js';
import type { Failure } from './Failure.js';

/** No URL, because there was no token to put into it. */
export type TokenFailure = Pick<Failure, 'cause' | 'retryAfterMs'> & { readonly kind: 'token' };

/**
 * Asks for the URL of one attempt.
 *
 * Throwing, at once or later, is a {@link TokenFailure}, which another attempt may heal. The exceptions are
 * terminal `ComapiError`s: `'unauthorized'` when the asked one throws that or completes without an answer, and
 * `'invalid-url'` when it throws that or what it gives is no `ws:` or `wss:` URL.
 *
 * @param ask Called on subscription.
 */
export const askedUrl = (ask: () => ObservableInput<string>): Observable<string> =>
  defer(() => urls(ask())).pipe(
    take(1),
    throwIfEmpty(refusedByProvider),
    catchError((error: unknown) => throwError(() => (isFinal(error) ? error : tokenFailure(error)))),
    map((url) => {
      if (!isSocketUrl(url)) throw invalidUrl();
      return url;
    }),
  );

/** A string can be iterated too, but it is the URL and not a sequence of characters. */
const urls = (given: ObservableInput<string>): Observable<string> =>
  typeof given === 'string' ? of(given) : from(given);

const refusedByProvider = (): ComapiError =>
  new ComapiError({ kind: 'unauthorized', message: 'There is no token to connect with: it was refused.' });

const isFinal = (error: unknown): boolean => ['unauthorized', 'invalid-url'].includes(faultOf(error).kind);

const tokenFailure = (cause: unknown): TokenFailure => {
  const { retryAfterMs } = faultOf(cause);
  return { kind: 'token', cause, ...present({ retryAfterMs }) };
};

/** The platform's own error for a bad URL quotes the URL; this one says nothing. */
const isSocketUrl = (url: string): boolean => {
  try {
    const { protocol, hash } = new URL(url);
    return (protocol === 'ws:' || protocol === 'wss:') && hash === '';
  } catch {
    return false;
  }
};

const invalidUrl = (): ComapiError =>
  new ComapiError({ kind: 'invalid-url', message: 'The address of the socket is not a ws: or wss: URL.' });
