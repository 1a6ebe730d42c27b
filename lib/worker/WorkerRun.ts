import type { Observable } from 'rxjs';

/** How a run stands. */
export interface WorkerStats {
  /** Events whose handling succeeded. */
  readonly handled: number;
  /** Attempts that failed and are followed by another. */
  readonly retried: number;
  /** Events given to `deadLetter`. */
  readonly deadLettered: number;
  /** Events being handled now. */
  readonly inFlight: number;
  /** How many positions are known to lie ahead, over all conversations: the sum of highest known minus cursor. */
  readonly lag: number;
  /** Conversations being followed now. */
  readonly conversations: number;
}

/** Something that works until it is stopped or fails. */
export interface WorkerRun {
  /** The present numbers on subscription, then each change. Completes when the run is over; never errors. */
  readonly stats$: Observable<WorkerStats>;
  /**
   * Resolves when the run has ended: stopped, its client closed, or nothing left to follow. Rejects with what
   * made it fail. A rejection that nobody looks at kills no process.
   */
  readonly done: Promise<void>;
  /**
   * Begins nothing new and waits for what is being handled, `timeoutMs` (default 10,000) at most. Then handlers
   * are told by their signal, and what has not settled is left uncommitted: it comes again. Never rejects.
   */
  stop(options?: { readonly timeoutMs?: number }): Promise<void>;
}
