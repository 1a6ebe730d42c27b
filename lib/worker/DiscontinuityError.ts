import type { Discontinuity } from '../history/Discontinuity.js';

/**
 * A run with `onDiscontinuity: 'stop'` has come to a discontinuity.
 *
 * @example
 * ```ts
 * import { DiscontinuityError } from 'comapi-rx/worker';
 *
 * // What to report when a worker has ended.
 * const reportOf = (error: unknown): string =>
 *   error instanceof DiscontinuityError
 *     ? `${error.conversationId} waits before ${error.discontinuity.from}`
 *     : 'the worker has ended';
 *
 * const error = new DiscontinuityError('garden', { from: 8, to: 9, reason: 'truncated' });
 * assert.equal(reportOf(error), 'garden waits before 8');
 * ```
 */
export class DiscontinuityError extends Error {
  override readonly name = 'DiscontinuityError';
  readonly conversationId: string;
  /** The range that is not available; the cursor stays before it. */
  readonly discontinuity: Discontinuity;

  constructor(conversationId: string, discontinuity: Discontinuity) {
    const { from, to, reason } = discontinuity;
    super(`Events ${from} to ${to} of a conversation cannot be had (${reason}).`);
    this.conversationId = conversationId;
    this.discontinuity = discontinuity;
  }
}
