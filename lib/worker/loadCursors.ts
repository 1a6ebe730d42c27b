import type { CursorStore } from './CursorStore.js';
import { CURSOR_MAP, isCursorMap } from './isCursorMap.js';

/**
 * Reads all cursors of a store.
 *
 * @throws TypeError for anything but what a store has to give. To take it for no cursor would handle everything
 * anew, without a word.
 */
export const loadCursors = async (store: CursorStore): Promise<Map<string, number>> => {
  const loaded: unknown = await store.load();
  if (!isCursorMap(loaded)) throw new TypeError(`load() of the cursor store must give ${CURSOR_MAP}.`);
  return new Map(loaded);
};
