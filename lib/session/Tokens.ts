import type { Observable } from 'rxjs';
import type { AttemptContext } from '../transport/AttemptContext.js';

/**
 * The token of whoever is logged in, for as many users as want it.
 *
 * Nothing starts before somebody subscribes, and nothing goes on when nobody does any more: there is neither a
 * timer nor a request nor a challenge without a subscriber.
 */
export interface Tokens {
  /**
   * The token to use now, obtained when there is none; then completes. Everybody who asks while one is being
   * obtained gets that one. Errors with `'unauthorized'` when the app refuses, with `'closed'` when `end()` comes
   * in between, and with a fault that is worth another try otherwise.
   */
  present(): Observable<string>;
  /** The token for one attempt to open a socket; then completes. */
  forAttempt(context: AttemptContext): Observable<string>;
  /** Says that the server answered 401 to this very token: it is forgotten unless a newer one has taken its place. */
  refuse(token: string): void;
  /** The session that this token opens; undefined when it is no longer the present one, and with `getToken`. */
  sessionIdOf(token: string): string | undefined;
  /** Who is logged in: the session's profile, else the option, else the token's `sub`. The current value comes first. */
  readonly profileId$: Observable<string | undefined>;
  /**
   * While somebody subscribes, the session is renewed ahead of its expiry. Emits nothing; errors with
   * `'unauthorized'` when the app refuses. With `getToken` it stays silent: the app renews its tokens itself.
   */
  readonly renewals$: Observable<never>;
  /** Emits whenever `end()` begins: whatever still runs for the old profile stops here. */
  readonly ended$: Observable<void>;
  /**
   * Ends the session here and at the server; emits once and completes, also when the server cannot be told.
   * The next one who asks for a token logs in anew.
   */
  end(): Observable<void>;
}
