import { mergeMap, type Observable, of, throwError, timer } from 'rxjs';
import type { TestScheduler } from 'rxjs/testing';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import type { HttpRequest, HttpResponse } from '../../lib/transport/Http.js';
import { answer, fakeHttp, type FakeHttp } from './fakeHttp.js';
import { jwt } from './jwt.js';

export interface SessionServerOptions {
  readonly scheduler: TestScheduler;
  /** How long each answer takes, in ms. */
  readonly roundTripMs?: number;
  /** Seconds that a token lives; absent: for ever. */
  readonly ttlS?: number;
  /** How far the server's clock is ahead of the client's, in ms. */
  readonly skewMs?: number;
  /** Whether a `Date` header can be read. */
  readonly showsDate?: boolean;
}

export interface SessionServer extends FakeHttp {
  /** The tokens that were given out, first to last. */
  readonly tokens: readonly string[];
  readonly revoked: Set<string>;
}

/** A server of sessions in virtual time: the n-th session is `s1`, `s2` … of the profile that answered. */
export const sessionServer = (options: SessionServerOptions): SessionServer => {
  const { scheduler, roundTripMs = 0, ttlS, skewMs = 0, showsDate = false } = options;
  const tokens: string[] = [];
  const revoked = new Set<string>();
  const serverNow = (): number => scheduler.now() + skewMs;

  const later = (response: () => HttpResponse): Observable<HttpResponse> =>
    timer(roundTripMs, scheduler).pipe(
      mergeMap(() => of({ ...response(), ...(showsDate && { servedAt: serverNow() }) })),
    );

  const opened = (): HttpResponse => {
    const iat = serverNow() / 1_000;
    const id = `s${tokens.length + 1}`;
    const token = jwt({ sub: 'sub', iat, ...(ttlS !== undefined && { exp: iat + ttlS }) }, id);
    tokens.push(token);
    return answer({ token, session: { id, profileId: 'me' } });
  };

  const served = ({ path, headers }: HttpRequest): Observable<HttpResponse> => {
    if (path === '/sessions/start') return later(() => answer({ authenticationId: 'a', nonce: 'n' }));
    if (path === '/sessions') return later(opened);
    const token = headers?.['Authorization']?.slice('Bearer '.length) ?? '';
    return tokens.includes(token) && !revoked.has(token)
      ? later(() => answer({ path }))
      : timer(roundTripMs, scheduler).pipe(
          mergeMap(() =>
            throwError(() => new ComapiError({ kind: 'unauthorized', message: '401', status: 401 })),
          ),
        );
  };

  return { ...fakeHttp(served), tokens, revoked };
};
