import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstValueFrom, from } from 'rxjs';
import { webStorageSessionStore } from '../../lib/session/webStorageSessionStore.js';
import { sessionStoreContract } from './sessionStoreContract.js';

/** A Storage as browsers have it: text only. */
const fakeStorage = (): Storage => {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    clear: () => entries.clear(),
    getItem: (key) => entries.get(key) ?? null,
    key: (index) => [...entries.keys()][index] ?? null,
    removeItem: (key) => void entries.delete(key),
    setItem: (key, value) => void entries.set(key, value),
  };
};

describe('webStorageSessionStore', () => {
  sessionStoreContract(() => webStorageSessionStore(fakeStorage()));

  it('leaves no entry behind', async () => {
    const storage = fakeStorage();
    const store = webStorageSessionStore(storage);
    const session = { token: 't', sessionId: 's', profileId: 'p', deviceId: 'd' };
    await firstValueFrom(from(store.save('space', session)));
    expect(storage.key(0)).toBe('comapi-rx.session.space');
    await firstValueFrom(from(store.save('space', undefined)));
    expect(storage.length).toBe(0);
  });

  it('takes an entry that is no session for none', async () => {
    const storage = fakeStorage();
    const entry = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('{"token":""}', '{"token":"t","sessionId":1}'),
    );
    await fc.assert(
      fc.asyncProperty(entry, async (text) => {
        storage.setItem('comapi-rx.session.space', text);
        expect(await firstValueFrom(from(webStorageSessionStore(storage).load('space')))).toBeUndefined();
      }),
    );
  });
});
