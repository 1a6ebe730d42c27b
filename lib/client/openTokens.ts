import type { SchedulerLike } from 'rxjs';
import { openSession } from '../session/openSession.js';
import type { Tokens } from '../session/Tokens.js';
import { tokensFromApp } from '../session/tokensFromApp.js';
import type { Http } from '../transport/Http.js';
import type { ClientOptions } from './ClientOptions.js';

export interface TokenSeams {
  readonly http: Http;
  readonly requestTimeoutMs: number;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** The two ways to a token: answering the server's challenge, or having one already. */
export const openTokens = (options: ClientOptions, seams: TokenSeams): Tokens => {
  const { apiSpaceId, authenticate, getToken, profileId, sessionStore } = options;
  if (authenticate !== undefined) {
    return openSession(seams.http, { ...seams, apiSpaceId, authenticate, profileId, sessionStore });
  }
  if (getToken !== undefined) return tokensFromApp({ ...seams, getToken, profileId });
  throw new TypeError('Exactly one of `authenticate` and `getToken` must be given.');
};
