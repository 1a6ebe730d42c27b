import type { ObservableInput } from 'rxjs';
import type { StoredSession } from './StoredSession.js';

/**
 * Where a session is kept, so that a restart needs no new login.
 *
 * A store that throws, rejects or never answers costs a login and nothing else. What it gives is checked before
 * it is used: another API space, another profile or an expired token count as nothing.
 */
export interface SessionStore {
  /** Called before the first login of a client. */
  load(apiSpaceId: string): ObservableInput<StoredSession | undefined>;
  /** Called after each login, and with undefined when the session ends. */
  save(apiSpaceId: string, session: StoredSession | undefined): ObservableInput<unknown>;
}
