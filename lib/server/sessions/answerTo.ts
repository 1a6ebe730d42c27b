import { signJwt } from './jwt.js';

export interface AnswerOptions {
  readonly profileId: string;
  readonly nonce: string;
  readonly jwtSecret: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The JWT with which an app's backend answers a challenge: good for a minute. */
export const answerTo = ({ profileId, nonce, jwtSecret, now }: AnswerOptions): string => {
  const iat = Math.floor(now / 1_000);
  return signJwt({ iss: 'app', aud: 'local', sub: profileId, nonce, iat, exp: iat + 60 }, jwtSecret);
};
