import { EMPTY, map, type SchedulerLike } from 'rxjs';
import { present } from '../stream/present.js';
import { within } from '../stream/within.js';
import type { AttemptContext } from '../transport/AttemptContext.js';
import { askForToken, type TokenAnswer, unanswered } from './askForToken.js';
import type { Grant } from './Grant.js';
import { holdToken } from './holdToken.js';
import { lifetime } from './lifetime.js';
import { tokenClaims } from './tokenClaims.js';
import type { Tokens } from './Tokens.js';

export interface TokensFromAppOptions {
  /** Gives a session token. Called for each attempt to open a socket and after each 401. */
  readonly getToken: (context: AttemptContext) => TokenAnswer;
  /** Who is logged in; absent: the token's `sub`. */
  readonly profileId?: string | undefined;
  /** How long a request waits for `getToken`, in ms; an attempt to open a socket has its own limit. */
  readonly requestTimeoutMs: number;
  readonly scheduler: SchedulerLike;
}

/**
 * Gives the tokens that the app has itself, from its own backend for example.
 *
 * A token that came for a socket serves requests as well, until the server refuses it, or until more time has
 * passed since it came than lies between its `iat` and `exp`: then it is over on any clock.
 *
 * @see openSession, which gets tokens by answering the server's challenge.
 */
export const tokensFromApp = (options: TokensFromAppOptions): Tokens => {
  const { getToken, profileId, requestTimeoutMs, scheduler } = options;
  const { ask, ...tokens } = holdToken({
    obtain: (context) =>
      askForToken({ name: 'getToken', ask: () => getToken(context) }).pipe(
        map((token) => grantOf(token, scheduler.now())),
      ),
    // There is no session of ours to end.
    release: () => EMPTY,
    profileId,
    scheduler,
  });

  return {
    ...tokens,
    present: () =>
      tokens
        .present()
        .pipe(within(requestTimeoutMs, { late: () => unanswered('getToken', requestTimeoutMs), scheduler })),
    forAttempt: ask,
  };
};

const grantOf = (token: string, receivedAt: number): Grant => {
  const { iat, exp } = tokenClaims(token);
  if (iat === undefined || exp === undefined) return { token };
  const { expiresAt } = lifetime({
    receivedAt,
    issuedAt: iat * 1_000,
    expiresOn: exp * 1_000,
    random: () => 1,
  });
  return { token, ...present({ expiresAt }) };
};
