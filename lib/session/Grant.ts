import type { StoredSession } from './StoredSession.js';

/** A token with what is known about it. Times are in ms since 1970 on the client's own clock. */
export interface Grant {
  readonly token: string;
  /** The session that the token opens; absent where the app gives the tokens itself. */
  readonly session?: StoredSession;
  /** From here on a new one is obtained while this one still works. */
  readonly renewAt?: number;
  /** From here on it is not used any more; absent where nothing can be said. */
  readonly expiresAt?: number;
}
