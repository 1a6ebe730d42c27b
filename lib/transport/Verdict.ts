import type { ErrorCode } from '../fault/Fault.js';

/** What to do about a failure. */
export type Verdict =
  /** Try again after the usual delay, and after `afterMs` at the earliest. */
  | { readonly action: 'retry'; readonly afterMs?: number }
  /** Forget the token, and try again with a new one after the usual delay. */
  | { readonly action: 'renew-session' }
  /** Give up: the line errors with this code. */
  | { readonly action: 'stop'; readonly code: ErrorCode };
