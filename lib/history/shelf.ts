/** Early items in order of position, each position once. */
export interface Shelf<T> {
  held: (Held<T> | undefined)[];
  /** Taking empties a slot and moves this index; the array is cut now and then, so that draining stays linear. */
  first: number;
}

interface Held<T> {
  readonly position: number;
  readonly item: T;
  /** Weighed once, if it has to wait. */
  weight: number | undefined;
}

/** An empty shelf. An ascending run costs O(1) an item, an early item O(log n) and a move. */
export const empty = <T>(): Shelf<T> => ({ held: [], first: 0 });

export const size = <T>({ held, first }: Shelf<T>): number => held.length - first;

/** The lowest position held, `Infinity` when nothing is. */
export const lowest = <T>({ held, first }: Shelf<T>): number => held[first]?.position ?? Infinity;

/** Holds an item; the first one of a position stays. */
export const put = <T>(shelf: Shelf<T>, position: number, item: T): void => {
  const { held } = shelf;
  if (position > (held.at(-1)?.position ?? -1)) {
    held.push({ position, item, weight: undefined });
    return;
  }
  const index = placeOf(shelf, position);
  if (held[index]?.position !== position) held.splice(index, 0, { position, item, weight: undefined });
};

/** Takes the item with the lowest position off the shelf. */
export const takeLowest = <T>(shelf: Shelf<T>): T | undefined => {
  const taken = shelf.held[shelf.first];
  if (taken !== undefined) dropFirst(shelf);
  return taken?.item;
};

/** Drops everything up to and including `position`. */
export const dropUpTo = <T>(shelf: Shelf<T>, position: number): void => {
  while (shelf.first < shelf.held.length && lowest(shelf) <= position) dropFirst(shelf);
};

/**
 * Drops the highest positions until at most `max` are left, and no more than `room` by weight: they can be read from
 * history again.
 */
export const trim = <T>(
  { held, first }: Shelf<T>,
  max: number,
  room: number,
  weigh: (item: T) => number,
): void => {
  if (held.length - first > max) held.length = first + max;
  let weight = 0;
  for (let index = first; index < held.length; index += 1) {
    const next = held[index];
    if (next !== undefined) weight += next.weight ??= weigh(next.item);
    if (weight > room) held.length = index;
  }
};

const placeOf = <T>({ held, first }: Shelf<T>, position: number): number => {
  let low = first;
  let high = held.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((held[middle]?.position ?? Infinity) < position) low = middle + 1;
    else high = middle;
  }
  return low;
};

const dropFirst = <T>(shelf: Shelf<T>): void => {
  // Mostly there is one, and then the list stays as it is.
  if (shelf.first === 0 && shelf.held.length === 1) {
    shelf.held.pop();
    return;
  }
  shelf.held[shelf.first] = undefined;
  shelf.first += 1;
  if (2 * shelf.first >= shelf.held.length) {
    shelf.held = shelf.held.slice(shelf.first);
    shelf.first = 0;
  }
};
