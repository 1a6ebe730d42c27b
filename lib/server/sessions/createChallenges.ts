import { randomUUID } from 'node:crypto';
import { readJwt } from './jwt.js';

export interface Challenge {
  readonly authenticationId: string;
  readonly nonce: string;
  /** ISO 8601. */
  readonly expiresOn: string;
}

export interface Challenges {
  start(): Challenge;
  /** The profile that an answer proves, and the nonce it was for. A challenge can be answered once. */
  solve(
    authenticationId: string,
    jwt: string,
  ): { readonly profileId: string; readonly nonce: string } | undefined;
}

export interface ChallengesOptions {
  /** The secret that the app's backend signs with. */
  readonly jwtSecret: string;
  readonly now: () => number;
}

const lifetimeMs = 5 * 60_000;
/** Nobody has to log in to start a challenge, so the oldest ones give way. */
const mostOpen = 10_000;

/** Keeps the challenges that are waiting to be answered. */
export const createChallenges = ({ jwtSecret, now }: ChallengesOptions): Challenges => {
  const open = new Map<string, { readonly nonce: string; readonly until: number }>();

  return {
    start: () => {
      const authenticationId = randomUUID();
      const nonce = randomUUID();
      const until = now() + lifetimeMs;
      const [oldest] = open.keys();
      if (open.size >= mostOpen && oldest !== undefined) open.delete(oldest);
      open.set(authenticationId, { nonce, until });
      return { authenticationId, nonce, expiresOn: new Date(until).toISOString() };
    },
    solve: (authenticationId, jwt) => {
      const challenge = open.get(authenticationId);
      open.delete(authenticationId);
      if (!challenge || challenge.until <= now()) return undefined;
      const claims = readJwt(jwt, { secret: jwtSecret, now: now() });
      const profileId = claims?.['sub'];
      if (claims?.['nonce'] !== challenge.nonce || typeof profileId !== 'string' || profileId === '') {
        return undefined;
      }
      return { profileId, nonce: challenge.nonce };
    },
  };
};
