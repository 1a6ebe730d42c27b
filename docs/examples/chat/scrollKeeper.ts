/** Keeps what is read where it is, while things come above and below it. */
export interface ScrollKeeper {
  /** Runs what changes the content. Whoever is at the end stays there; for others the line they read stays in place. */
  keep(change: () => void): void;
  goToEnd(): void;
  close(): void;
}

/** So near to the end counts as there, in pixels. */
const NEAR = 40;

export const scrollKeeper = (scroller: HTMLElement, onMove: (isAtEnd: boolean) => void): ScrollKeeper => {
  let isAtEnd = true;
  let lastTop = 0;

  const goToEnd = (): void => {
    scroller.scrollTop = scroller.scrollHeight;
    look();
  };
  const look = (): void => {
    const { scrollTop: top, scrollHeight, clientHeight } = scroller;
    // Who is at the end leaves it by moving up. That there is more, or less room, is no move.
    isAtEnd = scrollHeight - top - clientHeight < NEAR || (isAtEnd && top >= lastTop);
    lastTop = top;
    onMove(isAtEnd);
  };
  const topOf = (item: Element): number => item.getBoundingClientRect().top;
  /** The first message that can be seen. */
  const readNow = (): Element | undefined => {
    const top = topOf(scroller);
    return [...scroller.querySelectorAll('li')].find((item) => item.getBoundingClientRect().bottom > top);
  };

  scroller.addEventListener('scroll', look, { passive: true });
  // The window, the keyboard of a phone, a longer draft.
  const resized = new ResizeObserver(() => {
    if (isAtEnd) goToEnd();
  });
  resized.observe(scroller);

  return {
    keep: (change) => {
      const anchor = isAtEnd ? undefined : readNow();
      const before = anchor && topOf(anchor);
      change();
      if (anchor === undefined || before === undefined) {
        if (isAtEnd) goToEnd();
        return;
      }
      if (anchor.isConnected) scroller.scrollTop += topOf(anchor) - before;
      look();
    },
    goToEnd,
    close: () => {
      resized.disconnect();
    },
  };
};
