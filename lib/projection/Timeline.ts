import type { Fault } from '../fault/Fault.js';
import type { SyncStatus } from '../history/SyncStatus.js';
import type { Message } from './Message.js';

/** What a screen shows of a conversation. */
export interface Timeline {
  /**
   * Oldest first, unsent ones last. A message that did not change is the same object as before.
   *
   * The list is made when it is first read, as it was when this was emitted; so the lists of a burst that nobody
   * reads cost nothing. It is frozen: `reverse()` and the like throw a `TypeError`, `toReversed()` gives another list.
   */
  readonly messages: readonly Message[];
  /** Whether there may be messages before the first of these. */
  readonly hasOlder: boolean;
  /** Whether there are messages after the last of these, which were let go to keep the window; else absent. */
  readonly hasNewer?: boolean;
  readonly loadingOlder: boolean;
  /** How far the log is followed. */
  readonly sync: SyncStatus;
  /** What went wrong last, with an older page or with the log; absent once it went well. */
  readonly problem?: Fault;
}
