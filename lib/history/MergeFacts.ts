import type { Fault } from '../fault/Fault.js';

/** What a page says beside its items. */
export interface PageFacts {
  /** The server's clock when it answered, in ms. */
  readonly servedAt?: number | undefined;
  /** How many of its items had no readable position or belonged elsewhere. */
  readonly strays?: number;
  /** When the request went out, where somebody else had sent it and that was earlier. */
  readonly askedAt?: number | undefined;
  /** Where history ends, if it refused the page because that is below; -1 where it did not say where. */
  readonly endsAt?: number | undefined;
}

/** How a request failed. `jitter` is a random number in [0, 1): the core has no source of its own. */
export interface FailureFacts {
  readonly fault: Fault;
  readonly jitter: number;
  readonly retryAfterMs?: number | undefined;
  /** The longest that the next request may wait. Default: no limit but that of the backoff. */
  readonly retryWithinMs?: number | undefined;
}
