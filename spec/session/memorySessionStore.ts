import { of } from 'rxjs';
import type { SessionStore } from '../../lib/session/SessionStore.js';
import type { StoredSession } from '../../lib/session/StoredSession.js';

/** Keeps sessions as long as the program runs: two clients that share the store share the login. */
export const memorySessionStore = (): SessionStore => {
  const sessions = new Map<string, StoredSession>();

  return {
    load: (apiSpaceId) => of(sessions.get(apiSpaceId)),
    save: (apiSpaceId, session) =>
      of(session === undefined ? sessions.delete(apiSpaceId) : sessions.set(apiSpaceId, session)),
  };
};
