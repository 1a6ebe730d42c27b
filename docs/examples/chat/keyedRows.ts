/** What shows one item of a list. */
export interface Row<A> {
  readonly node: HTMLElement;
  update(item: A): void;
}

/**
 * Keeps the children of `list` the same as a list of items, one row for each key. A row whose item is the same object
 * as before is not touched, one that has moved is moved, and whoever had the focus keeps it.
 *
 * @returns Shows these items.
 */
export const keyedRows = <A>(
  list: HTMLElement,
  keyOf: (item: A) => string,
  open: (item: A) => Row<A>,
): ((items: readonly A[]) => void) => {
  const rows = new Map<string, { readonly row: Row<A>; readonly item: A }>();

  const rowOf = (key: string, item: A): Row<A> => {
    const before = rows.get(key);
    const row = before?.row ?? open(item);
    if (before?.item !== item) row.update(item);
    rows.set(key, { row, item });
    return row;
  };

  return (items) => {
    const focused = document.activeElement;
    const keys = new Set(items.map(keyOf));
    for (const [key, { row }] of rows) {
      if (keys.has(key)) continue;
      row.node.remove();
      rows.delete(key);
    }
    let next = list.firstElementChild;
    for (const item of items) {
      const { node } = rowOf(keyOf(item), item);
      if (node === next) next = next.nextElementSibling;
      else list.insertBefore(node, next);
    }
    if (focused instanceof HTMLElement && focused !== document.activeElement && list.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  };
};
