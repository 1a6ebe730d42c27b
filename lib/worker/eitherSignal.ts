/** A signal that follows others, until it is let go of. */
export interface JoinedSignal {
  readonly signal: AbortSignal;
  release(): void;
}

/**
 * Joins two signals: the result aborts with the first of them.
 *
 * `AbortSignal.any` would do as well, but leaves a trace on a signal that lives long for each one that is joined
 * to it; this one is let go of.
 */
export const eitherSignal = (first: AbortSignal, second: AbortSignal): JoinedSignal => {
  if (first === second || first.aborted) return { signal: first, release: () => undefined };
  if (second.aborted) return { signal: second, release: () => undefined };
  const joined = new AbortController();
  const abortWith = (event: Event): void => {
    const { target } = event;
    joined.abort(target instanceof AbortSignal ? target.reason : undefined);
  };
  first.addEventListener('abort', abortWith);
  second.addEventListener('abort', abortWith);
  return {
    signal: joined.signal,
    release: () => {
      first.removeEventListener('abort', abortWith);
      second.removeEventListener('abort', abortWith);
    },
  };
};
