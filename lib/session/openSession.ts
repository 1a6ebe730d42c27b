import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  map,
  type Observable,
  of,
  type SchedulerLike,
} from 'rxjs';
import type { Http } from '../transport/Http.js';
import type { TokenAnswer } from './askForToken.js';
import { bearer } from './bearer.js';
import type { Grant } from './Grant.js';
import { guardStore } from './guardStore.js';
import { holdToken } from './holdToken.js';
import { logIn } from './logIn.js';
import { newDeviceId } from './newDeviceId.js';
import { earlierGrant, freshGrant } from './sessionGrant.js';
import type { SessionStore } from './SessionStore.js';
import type { StoredSession } from './StoredSession.js';
import type { Tokens } from './Tokens.js';

export interface OpenSessionOptions {
  readonly apiSpaceId: string;
  /** Answers a challenge with a JWT that holds its nonce, or refuses with `null` or `''`. */
  readonly authenticate: (challenge: { readonly nonce: string }) => TokenAnswer;
  /** The only profile whose stored session is taken up. Default: any. */
  readonly profileId?: string | undefined;
  /** Default: memory, that is, each start of the app logs in. */
  readonly sessionStore?: SessionStore | undefined;
  /** How long `authenticate` and the store may take, in ms. */
  readonly requestTimeoutMs: number;
  readonly scheduler: SchedulerLike;
  /** From 0 to 1: spreads renewals, and makes the id of the device. */
  readonly random: () => number;
}

/**
 * Gives the token of a session that is opened when somebody first asks for it.
 *
 * A session from the store is taken up where it can be; otherwise, and when the server refuses the token or it
 * is about to expire, the app is challenged. Renewing opens one session after the other and ends none: a socket
 * that was opened with the earlier one stays as it is.
 *
 * @param http Sends without a token; see {@link authorized} for one that sends it.
 * @see tokensFromApp, where the app has the tokens itself.
 */
export const openSession = (http: Http, options: OpenSessionOptions): Tokens => {
  const { apiSpaceId, profileId, requestTimeoutMs: timeoutMs, scheduler, random } = options;
  const store = guardStore({
    store: options.sessionStore,
    apiSpaceId,
    timeoutMs,
    scheduler,
  });

  const earlier = (session: StoredSession | undefined): Grant | undefined =>
    session && earlierGrant(session, { apiSpaceId, profileId, now: scheduler.now(), random });

  const open = (deviceId: string): Observable<Grant> =>
    logIn({ ...options, http, deviceId }).pipe(
      map(({ session, servedAt }) => ({
        session,
        grant: freshGrant(session, { receivedAt: scheduler.now(), servedAt, random }),
      })),
      concatMap(({ session, grant }) => concat(store.save(session), of(grant))),
    );

  const { ask: _, ...tokens } = holdToken({
    obtain: (_context, previous) =>
      store.takeEarlier().pipe(
        concatMap((session) => {
          const grant = earlier(session);
          const deviceId = session?.deviceId ?? previous?.session?.deviceId;
          return grant === undefined ? open(deviceId ?? newDeviceId(random)) : of(grant);
        }),
      ),
    release: (held) =>
      (held === undefined ? store.takeEarlier().pipe(map(earlier)) : of(held)).pipe(
        concatMap((grant) => concat(store.save(undefined), endAtServer(http, grant))),
      ),
    profileId,
    scheduler,
  });

  return { ...tokens, forAttempt: () => tokens.present() };
};

/** The session is over here in any case; a server that cannot be told lets it expire. */
const endAtServer = (http: Http, grant: Grant | undefined): Observable<unknown> => {
  const session = grant?.session;
  if (session === undefined) return EMPTY;
  const path = `/sessions/${encodeURIComponent(session.sessionId)}`;
  const request = { method: 'DELETE', path, endpoint: 'DELETE /sessions/{id}' } as const;
  return defer(() => http(bearer(request, session.token))).pipe(catchError(() => EMPTY));
};
