/** An item with its position, and the server's time of it in ms where that is known. */
export interface Placed<T> {
  readonly position: number;
  readonly item: T;
  readonly at?: number | undefined;
}

/** How to tell where an item belongs. Both may throw: an item may be anything. */
export interface Placing<T> {
  positionOf(item: T): number;
  timeOf?(item: T): number | undefined;
}

/** Whether anything can be at that position. */
export const isPosition = (position: unknown): position is number =>
  Number.isSafeInteger(position) && Number(position) >= 0;

/** The position of an item; `undefined` where it has none that can be relied on. */
export const positionOf = <T>(item: T, placing: Placing<T>): number | undefined => {
  try {
    const position = placing.positionOf(item);
    return isPosition(position) ? position : undefined;
  } catch {
    return undefined;
  }
};

/** The server's time of an item; `undefined` where it has none that can be relied on. */
export const timeOf = <T>(item: T, placing: Placing<T>): number | undefined => {
  try {
    const at = placing.timeOf?.(item);
    return Number.isFinite(at) ? at : undefined;
  } catch {
    return undefined;
  }
};

/** The items that have a position, in the order given. */
export const placeAll = <T>(items: readonly T[], placing: Placing<T>): readonly Placed<T>[] =>
  items.flatMap((item) => {
    const position = positionOf(item, placing);
    return position === undefined ? [] : [{ position, item, at: timeOf(item, placing) }];
  });

/** The items in ascending order; costs nothing where they already are. */
export const inOrder = <T>(items: readonly Placed<T>[]): readonly Placed<T>[] =>
  items.every((item, index) => index === 0 || (items[index - 1]?.position ?? -1) <= item.position)
    ? items
    : [...items].sort((a, b) => a.position - b.position);
