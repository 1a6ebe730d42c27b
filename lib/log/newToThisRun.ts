import type { DecodeError } from '../wire/DecodeError.js';
import { isJsonObject } from '../wire/JsonObject.js';

const MOST_REMEMBERED = 256;

/**
 * Creates the memory of one run through a log for what it could not understand, since a page is read again and
 * again while something in it is missing.
 *
 * An item is known by its position. One that has none cannot be told from another, so it is new only when a page
 * from that place is read for the first time. Only the latest 256 are remembered.
 *
 * @returns Picks the new ones among the items of a page that begins at `from`.
 */
export const newToThisRun = (): ((items: readonly DecodeError[], from: number) => readonly DecodeError[]) => {
  // Nearly every log can be understood.
  let seen: Set<string> | undefined;

  const isNew = (key: string): boolean => {
    seen ??= new Set();
    if (seen.has(key)) return false;
    seen.add(key);
    const [oldest = key] = seen;
    if (seen.size > MOST_REMEMBERED) seen.delete(oldest);
    return true;
  };

  return (items, from) => {
    const placed = items.map((item) => ({ item, position: positionIn(item.raw()) }));
    const isFirstReading = placed.some(({ position }) => position === undefined) && isNew(`from ${from}`);
    return placed
      .filter(({ position }) => (position === undefined ? isFirstReading : isNew(`at ${position}`)))
      .map(({ item }) => item);
  };
};

/** Also where it is the position in another conversation. */
const positionIn = (raw: unknown): number | undefined => {
  const position = isJsonObject(raw) ? raw['conversationEventId'] : undefined;
  return typeof position === 'number' ? position : undefined;
};
