/** Early items in order of position, each position once. */
export interface Shelf<T> {
  size(): number;
  /** The lowest position held, `Infinity` when nothing is. */
  lowest(): number;
  /** Holds an item; the first one of a position stays. */
  put(position: number, item: T): void;
  /** Takes the item with the lowest position off the shelf. */
  takeLowest(): T | undefined;
  /** Drops everything up to and including `position`. */
  dropUpTo(position: number): void;
  /** Drops the highest positions until `max` are left: they can be read from history again. */
  trim(max: number): void;
}

interface Held<T> {
  readonly position: number;
  readonly item: T;
}

/** Creates an empty shelf. An ascending run costs O(1) an item, an early item O(log n) and a move. */
export const createShelf = <T>(): Shelf<T> => {
  let held: (Held<T> | undefined)[] = [];
  // Taking empties a slot and moves this index; the array is cut now and then, so that draining stays linear.
  let first = 0;

  const lowest = (): number => held[first]?.position ?? Infinity;

  const place = (position: number): number => {
    let low = first;
    let high = held.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((held[middle]?.position ?? Infinity) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const dropFirst = (): void => {
    held[first] = undefined;
    first += 1;
    if (2 * first >= held.length) {
      held = held.slice(first);
      first = 0;
    }
  };

  return {
    size: () => held.length - first,
    lowest,
    put: (position, item) => {
      if (position > (held.at(-1)?.position ?? -1)) {
        held.push({ position, item });
        return;
      }
      const index = place(position);
      if (held[index]?.position !== position) held.splice(index, 0, { position, item });
    },
    takeLowest: () => {
      const taken = held[first];
      if (taken !== undefined) dropFirst();
      return taken?.item;
    },
    dropUpTo: (position) => {
      while (first < held.length && lowest() <= position) dropFirst();
    },
    trim: (max) => {
      if (held.length - first > max) held.length = first + max;
    },
  };
};
