/** Watches which rows come into view. */
export interface SeenWatch {
  /** Follows a row under a key; with `undefined`, not any more. */
  follow(row: HTMLElement, key: string | undefined): void;
  close(): void;
}

/**
 * Tells the lowest of the followed rows that have come into view. A page in the background, or one that is not shown,
 * draws nothing, so nothing on it is seen.
 */
export const watchSeen = (scroller: HTMLElement, onSeen: (key: string) => void): SeenWatch => {
  const keys = new Map<Element, string>();
  const watch = new IntersectionObserver(
    (entries) => {
      const lowest = entries
        .filter(({ isIntersecting }) => isIntersecting)
        .sort((a, b) => a.boundingClientRect.top - b.boundingClientRect.top)
        .at(-1);
      const key = lowest && keys.get(lowest.target);
      if (key !== undefined) onSeen(key);
    },
    { root: scroller },
  );

  return {
    follow: (row, key) => {
      if (keys.get(row) === key) return;
      if (key === undefined) {
        watch.unobserve(row);
        keys.delete(row);
      } else {
        keys.set(row, key);
        watch.observe(row);
      }
    },
    close: () => {
      watch.disconnect();
    },
  };
};
