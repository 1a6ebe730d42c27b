import { catchError, concatMap, defer, type Observable, throwError } from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import type { Http, HttpRequest, HttpResponse } from '../transport/Http.js';
import { requestError } from '../transport/requestError.js';
import { bearer } from './bearer.js';
import type { Tokens } from './Tokens.js';
import { unlessEnded } from './unlessEnded.js';

/**
 * Makes an {@link Http} that sends the token of the session with each request.
 *
 * A 401 says that the request was not carried out, so it is repeated once with a new token, whatever its method.
 * Many that are refused together share one renewal, and every one of them settles. What is still under way when
 * the session ends errors with `'closed'`: an answer for the old profile is of no use to the next one.
 *
 * @param http Sends what it is given.
 * @param tokens Where the token comes from; asked anew on each subscription.
 * @returns Errors as `http` and `tokens.present()` do; with `'unauthorized'` when the new token is refused too.
 */
export const authorized =
  (http: Http, tokens: Tokens): Http =>
  (request) => {
    const send = (whenRefused: (error: unknown) => Observable<HttpResponse>): Observable<HttpResponse> =>
      tokens.present().pipe(
        concatMap((token) =>
          defer(() => http(bearer(inSession(request, tokens.sessionIdOf(token)), token))).pipe(
            catchError((error: unknown) => {
              if (!isUnauthorized(error)) return throwError(() => error);
              tokens.refuse(token);
              return whenRefused(error);
            }),
          ),
        ),
      );

    return send(() => send((error) => throwError(() => error))).pipe(unlessEnded(tokens.ended$));
  };

const isUnauthorized = (error: unknown): boolean => faultOf(error).kind === 'unauthorized';

/** Puts the id of the session into the path of a request that is about the session itself. */
const inSession = (request: HttpRequest, sessionId: string | undefined): HttpRequest => {
  if (!request.path.includes('{sessionId}')) return request;
  if (sessionId !== undefined) {
    return { ...request, path: request.path.replace('{sessionId}', () => encodeURIComponent(sessionId)) };
  }
  throw requestError(
    { kind: 'not-found', endpoint: request.endpoint },
    'the app gives the tokens itself, so that the session is not known here.',
  );
};
