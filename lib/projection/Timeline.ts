import type { Fault } from '../fault/Fault.js';
import type { SyncStatus } from '../history/SyncStatus.js';
import type { Message } from './Message.js';

/** What a screen shows of a conversation. */
export interface Timeline {
  /**
   * Oldest first, unsent ones last. A message that did not change is the same object as before.
   *
   * The list is built when it is first read, as it was when the timeline was emitted, so a list that nobody reads
   * costs nothing. It is frozen: `reverse()` and the like throw a `TypeError`; use `toReversed()`.
   */
  readonly messages: readonly Message[];
  /** Whether there may be messages before the first of these. */
  readonly hasOlder: boolean;
  /** `true` when messages newer than these were dropped because the window was full; else absent. */
  readonly hasNewer?: boolean;
  readonly loadingOlder: boolean;
  /** How far the log has been read, and whether it is live. */
  readonly sync: SyncStatus;
  /** The last failure of an older page or of the log; absent once that has succeeded again. */
  readonly problem?: Fault;
}
