import { describe, expect, it } from '@jest/globals';
import { firstValueFrom, from } from 'rxjs';
import type { SessionStore } from '../../lib/session/SessionStore.js';
import type { StoredSession } from '../../lib/session/StoredSession.js';

const session: StoredSession = { token: 't', sessionId: 's', profileId: 'p', deviceId: 'd', expiresOn: 'e' };

/** What every session store keeps to. */
export const sessionStoreContract = (open: () => SessionStore): void =>
  describe('as a session store', () => {
    const load = (store: SessionStore, space: string): Promise<unknown> =>
      firstValueFrom(from(store.load(space)));
    const save = (store: SessionStore, space: string, value: StoredSession | undefined): Promise<unknown> =>
      firstValueFrom(from(store.save(space, value)));

    it('has nothing at first', async () => {
      expect(await load(open(), 'space')).toBeUndefined();
    });

    it('gives back what was saved last', async () => {
      const store = open();
      await save(store, 'space', { ...session, token: 'old' });
      await save(store, 'space', session);

      expect(await load(store, 'space')).toEqual(session);
    });

    it.each(['other', '', '__proto__', 'constructor'])('keeps API spaces apart: %j', async (other) => {
      const store = open();
      await save(store, 'space', session);

      expect(await load(store, other)).toBeUndefined();
      await save(store, other, { ...session, token: `t${other}` });
      await save(store, 'space', undefined);
      expect(await load(store, other)).toEqual({ ...session, token: `t${other}` });
    });

    it('forgets', async () => {
      const store = open();
      await save(store, 'space', session);
      await save(store, 'space', undefined);
      await save(store, 'space', undefined);

      expect(await load(store, 'space')).toBeUndefined();
    });
  });
