import type { CursorStore } from './CursorStore.js';

/**
 * Reads all cursors of a store.
 *
 * @throws TypeError for anything but what a store has to give. To take it for no cursor would handle everything
 * anew, without a word.
 */
export const loadCursors = async (store: CursorStore): Promise<Map<string, number>> => {
  const loaded: unknown = await store.load();
  if (!isMap(loaded)) throw new TypeError(WANTED);
  const cursors = new Map<string, number>();
  for (const [id, position] of loaded) {
    if (typeof id !== 'string' || !isPosition(position)) throw new TypeError(WANTED);
    cursors.set(id, position);
  }
  return cursors;
};

const WANTED =
  'load() of the cursor store must give a Map from conversation ids to whole numbers of at least -1.';

// By its name: one of another realm is as good.
const isMap = (value: unknown): value is ReadonlyMap<unknown, unknown> =>
  Object.prototype.toString.call(value) === '[object Map]';

const isPosition = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= -1;
