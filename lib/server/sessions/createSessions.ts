import { randomBytes, randomUUID } from 'node:crypto';
import { Refusal } from '../Refusal.js';
import type { Session } from '../state/Session.js';
import type { Space } from '../Space.js';
import { readJwt, signJwt } from './jwt.js';

export interface Sessions {
  /** Begins a session, and makes the token for it. */
  open(profileId: string, device?: Device): { readonly token: string; readonly session: Session };
  /** The session that a token is good for now. */
  byToken(token: string): Session | undefined;
  /** Ends sessions: their tokens are good for nothing from now on. */
  end(which: (session: Session) => boolean): void;
}

/** What a client tells about itself when it logs in. */
export type Device = Omit<Session, 'id' | 'profileId' | 'createdOn' | 'expiresOn'>;

/** Keeps the sessions of a space. Their tokens are signed with a secret that no app's backend knows. */
export const createSessions = (space: Space, sessionTtlS: number): Sessions => {
  const { apiSpaceId, state, now, commit } = space;
  if (state.secret === undefined) commit({ kind: 'secret', secret: randomBytes(32).toString('hex') });

  const secret = (): string => {
    if (state.secret === undefined) throw new Refusal(500, 'The space has no secret to sign with.');
    return state.secret;
  };

  const isOver = ({ expiresOn }: Session): boolean => Date.parse(expiresOn) <= now();

  const forgetExpired = (): void => {
    for (const session of [...state.sessions.values()].filter(isOver)) {
      commit({ kind: 'session-over', sessionId: session.id });
    }
  };

  return {
    open: (profileId, device = {}) => {
      forgetExpired();
      const expiresAt = now() + sessionTtlS * 1_000;
      // Tokens count in whole seconds, as everywhere: rounded so that none promises less than its session has.
      const iat = Math.floor(now() / 1_000);
      const exp = Math.ceil(expiresAt / 1_000);
      const session: Session = {
        ...device,
        id: randomUUID(),
        profileId,
        createdOn: new Date(now()).toISOString(),
        expiresOn: new Date(expiresAt).toISOString(),
      };
      commit({ kind: 'session', session });
      if (!state.profiles.has(profileId)) commit({ kind: 'profile', profile: { id: profileId } });
      const claims = {
        iss: 'local',
        aud: apiSpaceId,
        sub: profileId,
        accountId: 1,
        apiSpaceId,
        permissions: [],
      };
      return { token: signJwt({ ...claims, iat, exp, jti: session.id }, secret()), session };
    },
    byToken: (token) => {
      const claims = readJwt(token, { secret: secret(), now: now() });
      if (claims?.['apiSpaceId'] !== apiSpaceId) return undefined;
      const id = claims['jti'];
      const session = typeof id === 'string' ? state.sessions.get(id) : undefined;
      // The token says so only at the end of a second.
      return session && !isOver(session) ? session : undefined;
    },
    end: (which) => {
      for (const session of [...state.sessions.values()].filter(which)) {
        commit({ kind: 'session-over', sessionId: session.id });
      }
    },
  };
};
