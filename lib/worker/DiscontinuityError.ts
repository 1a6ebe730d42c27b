import type { Discontinuity } from '../history/Discontinuity.js';

/**
 * A run that was told to stop at a discontinuity has come to one.
 *
 * @example
 * ```ts
 * import { DiscontinuityError } from 'comapi-rx/worker';
 *
 * // What a worker that has ended says to whoever is on duty.
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
  /** What lies there unseen; the cursor stands before it. */
  readonly discontinuity: Discontinuity;

  constructor(conversationId: string, discontinuity: Discontinuity) {
    const { from, to, reason } = discontinuity;
    super(`Events ${from} to ${to} of a conversation cannot be had (${reason}).`);
    this.conversationId = conversationId;
    this.discontinuity = discontinuity;
  }
}
