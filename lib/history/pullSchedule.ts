/** When the next request is due: the earliest wish, not before the latest floor. */
export interface PullSchedule {
  /** History has more, or may have: read on. */
  catchUp(at: number): void;
  /** A gap wants filling; the wish stands until the gap closes or a request starts. */
  fillGap(at: number): void;
  awaitsGap(): boolean;
  /** Nothing is wished for at all. */
  isEmpty(): boolean;
  gapClosed(): void;
  /** All is quiet: look once more at that time; `Infinity` = never. */
  probe(at: number): void;
  /**
   * A request failed: nothing before the jittered delay, which never exceeds `withinMs`, and never before the
   * server's own.
   */
  backOff(now: number, jitter: number, retryAfterMs: number, withinMs?: number): void;
  /** The line opened: worth another try at once, unless the server named a time. */
  cutBackOffShort(): void;
  /** A request succeeded. */
  recovered(): void;
  /** How many requests have failed in a row. */
  failures(): number;
  /** When to ask from `from`. */
  dueAt(from: number): number;
  started(from: number, now: number): void;
  answered(now: number): void;
  /** Takes every wish back. */
  clear(): void;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

/**
 * Creates a schedule with nothing due.
 *
 * @param repollMs The least time between an answer and the next request for the same position.
 */
export const createPullSchedule = (repollMs: number): PullSchedule => {
  let catchUpAt = Infinity;
  let gapAt = Infinity;
  // `Infinity` is a wish too: not to look again.
  let probeAt: number | undefined;
  let backOffUntil = -Infinity;
  let retryAfterUntil = -Infinity;
  let failures = 0;
  let lastFrom = -1;
  let lastContactAt = -Infinity;

  const clear = (): void => {
    catchUpAt = gapAt = Infinity;
    probeAt = undefined;
  };

  return {
    catchUp: (at) => {
      catchUpAt = Math.min(catchUpAt, at);
    },
    fillGap: (at) => {
      gapAt = Math.min(gapAt, at);
    },
    awaitsGap: () => gapAt !== Infinity,
    isEmpty: () => probeAt === undefined && Math.min(catchUpAt, gapAt) === Infinity,
    gapClosed: () => {
      gapAt = Infinity;
    },
    probe: (at) => {
      probeAt = at;
    },
    backOff: (now, jitter, retryAfterMs, withinMs = Infinity) => {
      const ceiling = Math.min(LAST_RETRY_MS, withinMs, FIRST_RETRY_MS * 2 ** Math.min(failures, 16));
      failures += 1;
      if (retryAfterMs > 0) retryAfterUntil = now + retryAfterMs;
      backOffUntil = Math.max(now + jitter * ceiling, retryAfterUntil);
      catchUpAt = now;
    },
    cutBackOffShort: () => {
      backOffUntil = retryAfterUntil;
    },
    recovered: () => {
      failures = 0;
      backOffUntil = retryAfterUntil = -Infinity;
    },
    failures: () => failures,
    dueAt: (from) =>
      Math.max(
        Math.min(catchUpAt, gapAt, probeAt ?? Infinity),
        backOffUntil,
        from === lastFrom ? lastContactAt + repollMs : -Infinity,
      ),
    started: (from, now) => {
      lastFrom = from;
      lastContactAt = now;
      clear();
    },
    answered: (now) => {
      lastContactAt = now;
    },
    clear,
  };
};
