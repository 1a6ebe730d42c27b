/** The signal of one handler. */
export interface HandlerSignal {
  /** Made when it is first asked for: most handlers never do. */
  readonly signal: AbortSignal;
  /** Lets go of it, once the handler has settled. */
  release(): void;
}

/**
 * Makes signals that abort when either `breakOff` or the one they are opened with does.
 *
 * Each handler has one of its own. On one signal for all, the listeners of handlers at work would be a crowd, which
 * Node takes for a leak; and `AbortSignal.any` leaves a trace on a signal that lives long.
 */
export const handlerSignals = (breakOff: AbortSignal): ((lost?: AbortSignal) => HandlerSignal) => {
  const open = new Set<AbortController>();
  breakOff.addEventListener('abort', () => {
    for (const controller of open) controller.abort(breakOff.reason);
  });

  return (lost) => {
    let made: AbortController | undefined;
    const loseIt = (): void => {
      made?.abort(lost?.reason);
    };
    const make = (): AbortController => {
      made = new AbortController();
      open.add(made);
      lost?.addEventListener('abort', loseIt);
      if (breakOff.aborted) made.abort(breakOff.reason);
      if (lost?.aborted === true) loseIt();
      return made;
    };
    return {
      get signal() {
        return (made ?? make()).signal;
      },
      release: () => {
        if (made === undefined) return;
        open.delete(made);
        lost?.removeEventListener('abort', loseIt);
      },
    };
  };
};
