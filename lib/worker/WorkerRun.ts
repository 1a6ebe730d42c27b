import type { Observable } from 'rxjs';

/** The numbers of a run. */
export interface WorkerStats {
  /** Events whose handling succeeded. */
  readonly handled: number;
  /** Failed attempts that are followed by another. */
  readonly retried: number;
  /** Events given to `deadLetter`. */
  readonly deadLettered: number;
  /** Events being handled now. */
  readonly inFlight: number;
  /** How many positions are still ahead: the sum, over all conversations, of highest known minus cursor. */
  readonly lag: number;
  /** Conversations being followed now. */
  readonly conversations: number;
}

/** Something that works until it is stopped or fails. */
export interface WorkerRun {
  /** The present numbers on subscription, then each change. Completes when the run is over; never errors. */
  readonly stats$: Observable<WorkerStats>;
  /**
   * Resolves when the run has ended: stopped, its client closed, or no conversation left to follow. Rejects with the
   * error that ended it. An unhandled rejection of this promise does not end the process.
   */
  readonly done: Promise<void>;
  /**
   * Starts nothing new and waits for running handlers, `timeoutMs` (default 10,000) at most. Then their signals
   * abort, and events that have not settled stay uncommitted: they come again. Never rejects.
   */
  stop(options?: { readonly timeoutMs?: number }): Promise<void>;
}
