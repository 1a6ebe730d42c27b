import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { asyncScheduler, NEVER, type Observable, of, throwError } from 'rxjs';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import type { ErrorCode } from '../../lib/fault/Fault.js';
import { endpoints } from '../../lib/rest/endpoints.js';
import { authorized } from '../../lib/session/authorized.js';
import { openSession } from '../../lib/session/openSession.js';
import { tokensFromApp } from '../../lib/session/tokensFromApp.js';
import type { Tokens } from '../../lib/session/Tokens.js';
import type { HttpRequest, HttpResponse } from '../../lib/transport/Http.js';
import { answer, fakeHttp } from './fakeHttp.js';
import { jwt } from './jwt.js';

const CANARY = 'SECRET-CANARY';
const token = jwt({ sub: 'me', iat: 0, exp: 600 }, CANARY);

/** All that a debugger or a log could show of a value. */
const everythingIn = (value: unknown): string =>
  inspect(value, { depth: Infinity, showHidden: true, getters: true, maxArrayLength: null });

const options = { apiSpaceId: 'space', requestTimeoutMs: 50, scheduler: asyncScheduler, random: Math.random };

const sessionWith = (
  rest: (request: HttpRequest) => HttpResponse | Observable<HttpResponse>,
): readonly [Tokens, ReturnType<typeof fakeHttp>] => {
  const server = fakeHttp((request) => {
    if (request.path === '/sessions/start') return answer({ authenticationId: 'a', nonce: 'n' });
    if (request.path === '/sessions') return answer({ token, session: { id: 's', profileId: 'me' } });
    return rest(request);
  });
  return [openSession(server.http, { ...options, authenticate: () => CANARY }), server];
};

describe('the token is nowhere to be seen', () => {
  it.each<[string, () => Tokens]>([
    ['a session', () => sessionWith(() => answer({}))[0]],
    ['the tokens of the app', () => tokensFromApp({ ...options, getToken: () => of(token) })],
  ])('in %s, its streams and their subscriptions', (_, open) => {
    const tokens = open();
    const seen = [
      tokens,
      tokens.profileId$.subscribe(),
      tokens.renewals$.subscribe(),
      tokens.ended$.subscribe(),
      tokens.present().subscribe(),
      tokens.forAttempt({ attempt: 1, reason: 'first' }).subscribe(),
    ];
    const shown = everythingIn(seen);
    tokens.end().subscribe();
    seen.forEach((one) => 'unsubscribe' in one && one.unsubscribe());

    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain(token.split('.')[1]);
  });

  it.each<ErrorCode>(['unauthorized', 'not-found', 'http', 'network', 'timeout', 'rate-limited'])(
    'in a request that fails with %s, nor in its error',
    (kind) => {
      const error = new ComapiError({ kind, message: kind });
      const [tokens, server] = sessionWith(() => throwError(() => error));
      const rest = endpoints(authorized(server.http, tokens));
      const errors: unknown[] = [];
      const sent$ = rest.sendMessage('c', 'hi');
      const subscription = sent$.subscribe({ error: (reason: unknown) => errors.push(reason) });

      expect(errors).toEqual([error]);
      expect(everythingIn([errors, sent$, subscription, rest])).not.toContain(CANARY);
    },
  );

  it('in a request that is under way', () => {
    const [tokens, server] = sessionWith(() => NEVER);
    const sent$ = endpoints(authorized(server.http, tokens)).sendMessage('c', 'hi');
    const subscription = sent$.subscribe();
    const shown = everythingIn([sent$, subscription]);
    subscription.unsubscribe();

    expect(shown).not.toContain(CANARY);
  });

  it.each([
    ['is no session', { token: CANARY }],
    ['has an empty id', { token: CANARY, session: { id: '', profileId: CANARY } }],
    ['is text', CANARY],
    ['has a token that is none', { token: [CANARY], session: { id: 's', profileId: 'me' } }],
  ])('in the error of a login whose answer %s', (_, body) => {
    const { http } = fakeHttp(({ path }) =>
      answer(path === '/sessions' ? body : { authenticationId: CANARY, nonce: CANARY }),
    );
    const errors: unknown[] = [];
    openSession(http, { ...options, authenticate: () => CANARY })
      .present()
      .subscribe({ error: (error: unknown) => errors.push(error) });

    expect(errors).toEqual([expect.objectContaining({ code: 'invalid-response' })]);
    expect(everythingIn(errors)).not.toContain(CANARY);
  });
});
