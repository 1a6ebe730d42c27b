import type { SchedulerLike } from 'rxjs';
import { openSession } from '../session/openSession.js';
import type { Tokens } from '../session/Tokens.js';
import { tokensFromApp } from '../session/tokensFromApp.js';
import type { Http } from '../transport/Http.js';
import type { Login } from './loginOf.js';

export interface TokenParts {
  readonly login: Login;
  readonly apiSpaceId: string;
  readonly profileId: string | undefined;
  readonly http: Http;
  readonly requestTimeoutMs: number;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** The two ways to a token: answering the server's challenge, or having one already. */
export const openTokens = ({ login, http, ...parts }: TokenParts): Tokens =>
  login.kind === 'challenge'
    ? openSession(http, { ...parts, ...login })
    : tokensFromApp({ ...parts, ...login });
