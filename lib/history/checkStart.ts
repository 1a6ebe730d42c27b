/** The given start of a log; throws a `RangeError` when no log can start there. */
export const checkStart = (after: number | 'now'): number | 'now' => {
  if (after === 'now' || (Number.isSafeInteger(after) && after >= -1)) return after;
  throw new RangeError("after must be a whole number of at least -1, or 'now'.");
};
