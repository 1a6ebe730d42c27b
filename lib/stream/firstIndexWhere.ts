/**
 * Finds the first item of a sorted list for which something holds, in log2 of its length steps.
 *
 *     [1, 3, 5, 7]   (n) => n > 3   result: 2
 *
 * @param holds Once it holds for an item, it holds for all that follow.
 * @returns An index; the length of the list when it holds for none.
 */
export const firstIndexWhere = <A>(items: readonly A[], holds: (item: A) => boolean): number => {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
};
