import { defer, of } from 'rxjs';
import type { SessionStore } from './SessionStore.js';
import { StoredSession } from './StoredSession.js';

/**
 * Keeps the session in `localStorage` or `sessionStorage`, one entry for each API space.
 *
 * Every script of the page can read it there. An entry that is not a session counts as none.
 *
 * @example
 * ```ts
 * import { createClient, webStorageSessionStore } from 'comapi-rx';
 *
 * const kept = new Map<string, string>();
 * const storage: Storage = {
 *   length: 0,
 *   key: () => null,
 *   clear: () => { kept.clear(); },
 *   getItem: (key) => kept.get(key) ?? null,
 *   setItem: (key, value) => void kept.set(key, value),
 *   removeItem: (key) => void kept.delete(key),
 * };
 *
 * // In a browser: webStorageSessionStore(sessionStorage).
 * const sessionStore = webStorageSessionStore(storage);
 * const client = createClient({ apiSpaceId: 'space', authenticate: () => 'jwt', sessionStore });
 *
 * assert.equal(client.status.state, 'idle');
 * await client.close();
 * ```
 */
export const webStorageSessionStore = (storage: Storage): SessionStore => ({
  load: (apiSpaceId) => defer(() => of(parsed(storage.getItem(keyOf(apiSpaceId))))),
  save: (apiSpaceId, session) =>
    defer(() => {
      if (session === undefined) storage.removeItem(keyOf(apiSpaceId));
      else storage.setItem(keyOf(apiSpaceId), JSON.stringify(session));
      return of(undefined);
    }),
});

const keyOf = (apiSpaceId: string): string => `comapi-rx.session.${apiSpaceId}`;

const parsed = (text: string | null): StoredSession | undefined => {
  try {
    const entry: unknown = JSON.parse(text ?? 'null');
    return StoredSession.is(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
};
