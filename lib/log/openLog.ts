import { filter, type MonoTypeOperatorFunction, type Observable, share } from 'rxjs';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import { followLog } from '../history/followLog.js';
import { sideOf } from '../history/logSides.js';
import type { Log } from '../history/LogSource.js';
import type { SyncStatus } from '../history/SyncStatus.js';
import type { LogEvent } from '../feed/splitEvents.js';
import type { ConversationLog } from './ConversationLog.js';
import { isTyped } from './logSource.js';

/**
 * Starts nothing yet: the run begins with the first subscriber of its `events$`.
 *
 * @param log Puts aside what has no type here.
 * @param watch Sees the entries on their way.
 */
export const openLog = (
  log: Log<LogEvent>,
  watch: (status$: Observable<SyncStatus>) => MonoTypeOperatorFunction<LogEvent>,
): ConversationLog => {
  const { events$, late$, ...merged } = followLog(log);
  const watched$ = events$.pipe(watch(merged.status$));
  return {
    ...merged,
    // One run is watched once. And what has no type was put aside, so this is the rest.
    events$: (watched$ === events$
      ? events$
      : watched$.pipe(share<LogEvent>())) as Observable<ConversationMessageEvent>,
    late$: late$.pipe(filter<LogEvent, ConversationMessageEvent>(isTyped)),
    others$: sideOf(log, 'aside') as Observable<UnknownEvent>,
  };
};
