/** What anything takes that is no text. */
const PLACE = 8;

/** How large what came as JSON is, in characters of text and of names, roughly; however deep it is. */
export const sizeOf = (value: unknown): number => {
  const parts = [value];
  let size = 0;
  // The array grows while it is walked.
  for (const part of parts) {
    size += typeof part === 'string' ? part.length : PLACE;
    if (typeof part !== 'object' || part === null) continue;
    for (const [name, inner] of Object.entries(part)) {
      size += name.length;
      parts.push(inner);
    }
  }
  return size;
};
