import {
  defer,
  endWith,
  filter,
  ignoreElements,
  type MonoTypeOperatorFunction,
  type Observable,
  share,
  Subject,
  takeUntil,
} from 'rxjs';
import { followLog } from '../history/followLog.js';
import type { LogSource } from '../history/LogSource.js';
import type { SyncStatus } from '../history/SyncStatus.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { ConversationLog } from './Conversation.js';
import { isTyped } from './logSource.js';
import type { LogEvent } from './splitEvents.js';

/**
 * Starts nothing yet: the run begins with the first subscriber of its `events$`.
 *
 * @param watch Sees all entries on their way, with or without a type.
 */
export const openLog = (
  source: LogSource<LogEvent>,
  watch: (status$: Observable<SyncStatus>) => MonoTypeOperatorFunction<LogEvent>,
): ConversationLog => {
  const { events$, late$, ...merged } = followLog(source);
  let others: Subject<UnknownEvent> | undefined;
  return {
    ...merged,
    events$: events$.pipe(
      watch(merged.status$),
      filter((event): event is ConversationMessageEvent => {
        if (isTyped(event)) return true;
        others?.next(event);
        return false;
      }),
      share(),
    ),
    late$: late$.pipe(filter(isTyped)),
    others$: defer(() => {
      others ??= new Subject();
      return others.pipe(takeUntil(merged.holes$.pipe(ignoreElements(), endWith(undefined))));
    }),
  };
};
