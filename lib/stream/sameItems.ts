/** Whether two lists hold the same items in the same order; items are the same when they are identical. */
export const sameItems = <A>(a: readonly A[], b: readonly A[]): boolean =>
  a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
