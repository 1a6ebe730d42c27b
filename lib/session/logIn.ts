import { concatMap, map, type Observable, of, retry, type SchedulerLike, throwError } from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import { present } from '../stream/present.js';
import { within } from '../stream/within.js';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { AuthStart } from '../wire/AuthStart.js';
import { SessionAnswer } from '../wire/SessionAnswer.js';
import { askForToken, type TokenAnswer, unanswered } from './askForToken.js';
import type { StoredSession } from './StoredSession.js';

export interface LogInOptions {
  /** Sends without a token. */
  readonly http: Http;
  /** Asks the app for a JWT that holds this nonce. */
  readonly authenticate: (challenge: { readonly nonce: string }) => TokenAnswer;
  readonly deviceId: string;
  /** How long the app may take for its answer, in ms. */
  readonly requestTimeoutMs: number;
  readonly scheduler: SchedulerLike;
}

/** A session that the server just opened. */
export interface FreshSession {
  readonly session: StoredSession;
  /** When it was opened, by the server's clock. */
  readonly servedAt?: number | undefined;
}

/**
 * Opens a session: asks the server for a challenge, the app for the answer to it, and shows that to the server.
 *
 * A 401 of the server is not the last word: the challenge may have been too old. All of it is done once more.
 *
 * @returns Emits the session and completes. Errors with `'unauthorized'` when the app refuses or the server twice
 * does not accept its answer, with `'timeout'` when one of the three says nothing for too long. Unsubscribing stops
 * it wherever it is.
 */
export const logIn = ({
  http,
  authenticate,
  deviceId,
  requestTimeoutMs,
  scheduler,
}: LogInOptions): Observable<FreshSession> =>
  http(START).pipe(
    map(decodedBy(AuthStart, START)),
    concatMap(({ authenticationId, nonce }) =>
      askForToken({ name: 'authenticate', ask: () => authenticate({ nonce }) }).pipe(
        within(requestTimeoutMs, { late: () => unanswered('authenticate', requestTimeoutMs), scheduler }),
        concatMap((authenticationToken) =>
          http({ ...CREATE, body: { authenticationId, authenticationToken, deviceId, ...platform() } }),
        ),
      ),
    ),
    map((response) => {
      const { token, session } = decodedBy(SessionAnswer, CREATE)(response);
      const { id: sessionId, profileId, expiresOn } = session;
      return {
        session: {
          token,
          sessionId,
          profileId,
          deviceId,
          ...present({ expiresOn }),
        },
        servedAt: response.servedAt,
      };
    }),
    retry({ count: 1, delay: (error: unknown) => (isRefusedLogin(error) ? of(0) : throwError(() => error)) }),
  );

const isRefusedLogin = (error: unknown): boolean => faultOf(error).status === 401;

const START = { method: 'GET', path: '/sessions/start', endpoint: 'GET /sessions/start' } as const;
const CREATE = { method: 'POST', path: '/sessions', endpoint: 'POST /sessions' } as const;

/** What the server wants to know about the program; `platform` is one of the three names that it knows. */
const platform = (): Readonly<Record<string, string>> => ({
  platform: 'javascript',
  platformVersion: 'navigator' in globalThis ? navigator.userAgent : 'unknown',
  sdkType: 'native',
  sdkVersion: '0.1.0',
});
