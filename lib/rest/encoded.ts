/**
 * Encodes a text for an address. Throws a `RangeError` for half a surrogate pair, which has no UTF-8.
 *
 * @param of What it is part of, for the sentence: `'An id'`.
 */
export const encoded = (text: string, of: string): string => {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new RangeError(`${of} holds half a surrogate pair, which cannot be sent.`);
  }
};
