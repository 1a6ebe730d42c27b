import type { Grant } from './Grant.js';
import { lifetime } from './lifetime.js';
import type { StoredSession } from './StoredSession.js';
import { tokenClaims } from './tokenClaims.js';

export interface FreshGrantOptions {
  /** The client's clock when the session was opened. */
  readonly receivedAt: number;
  /** The server's clock at that moment, where it can be read. */
  readonly servedAt?: number | undefined;
  readonly random: () => number;
}

/** What a session is good for that was opened just now. */
export const freshGrant = (session: StoredSession, options: FreshGrantOptions): Grant => {
  const { iat } = tokenClaims(session.token);
  const issuedAt = iat === undefined ? undefined : iat * 1_000;
  return {
    token: session.token,
    session,
    ...lifetime({ ...options, issuedAt, expiresOn: expiryOf(session) }),
  };
};

export interface EarlierGrantOptions {
  readonly apiSpaceId: string;
  /** The only profile whose session counts; absent: any. */
  readonly profileId?: string | undefined;
  readonly now: number;
  readonly random: () => number;
}

/**
 * What a session from before is good for; undefined when it is of no use: made for another API space or another
 * profile, or expired. The two clocks cannot be compared here, so it may turn out that the server thinks otherwise.
 */
export const earlierGrant = (session: StoredSession, options: EarlierGrantOptions): Grant | undefined => {
  const { apiSpaceId = options.apiSpaceId } = tokenClaims(session.token);
  const isOurs =
    apiSpaceId === options.apiSpaceId && session.profileId === (options.profileId ?? session.profileId);
  const expiresOn = expiryOf(session);
  if (!isOurs || (expiresOn !== undefined && expiresOn <= options.now)) return undefined;
  return {
    token: session.token,
    session,
    ...lifetime({ receivedAt: options.now, expiresOn, random: options.random }),
  };
};

/** By the server's clock, in ms since 1970. The token itself knows better than what is said about it. */
const expiryOf = ({ token, expiresOn }: StoredSession): number | undefined => {
  const { exp } = tokenClaims(token);
  const expiry = exp === undefined ? Date.parse(expiresOn ?? '') : exp * 1_000;
  return Number.isNaN(expiry) ? undefined : expiry;
};
