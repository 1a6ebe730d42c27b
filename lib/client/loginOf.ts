import type { SchedulerLike } from 'rxjs';
import { openSession } from '../session/openSession.js';
import type { Tokens } from '../session/Tokens.js';
import { tokensFromApp } from '../session/tokensFromApp.js';
import type { Http } from '../transport/Http.js';
import type { ClientOptions } from './ClientOptions.js';

export interface LoginParts {
  readonly apiSpaceId: string;
  readonly profileId: string | undefined;
  readonly requestTimeoutMs: number;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** How a client comes to tokens: by answering the server's challenge, or with the app's own. */
export type Login = (http: Http, parts: LoginParts) => Tokens;

/** Throws a `TypeError` for options that mean neither, or both. */
export const loginOf = ({ authenticate, getToken, sessionStore }: ClientOptions): Login => {
  if (authenticate !== undefined && getToken === undefined) {
    return (http, parts) => openSession(http, { ...parts, authenticate, sessionStore });
  }
  if (getToken === undefined || authenticate !== undefined) {
    throw new TypeError('Exactly one of `authenticate` and `getToken` must be given.');
  }
  if (sessionStore !== undefined) {
    throw new TypeError('sessionStore must be absent with `getToken`: there is no session of ours to keep.');
  }
  return (_, parts) => tokensFromApp({ ...parts, getToken });
};
