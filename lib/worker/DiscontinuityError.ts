import type { Discontinuity } from '../history/Discontinuity.js';

/** A run that was told to stop at a discontinuity has come to one. */
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
