/** Whether a value is what a cursor store holds: conversation ids, and whole numbers of at least -1. */
export const isCursorMap = (value: unknown): value is ReadonlyMap<string, number> =>
  // By its name: a Map of another realm is as good.
  Object.prototype.toString.call(value) === '[object Map]' &&
  [...(value as ReadonlyMap<unknown, unknown>)].every(
    ([id, position]) =>
      typeof id === 'string' &&
      typeof position === 'number' &&
      Number.isSafeInteger(position) &&
      position >= -1,
  );

/** What such a value is called in sentences. */
export const CURSOR_MAP = 'a Map from conversation ids to whole numbers of at least -1';
