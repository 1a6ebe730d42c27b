import {
  endWith,
  filter,
  ignoreElements,
  type MonoTypeOperatorFunction,
  type Observable,
  share,
  Subject,
  takeUntil,
  tap,
} from 'rxjs';
import { followLog } from '../history/followLog.js';
import type { LogSource } from '../history/LogSource.js';
import type { SyncStatus } from '../history/SyncStatus.js';
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
  const others = new Subject<UnknownEvent>();
  const over$ = merged.holes$.pipe(ignoreElements(), endWith(undefined));
  return {
    ...merged,
    events$: events$.pipe(
      watch(merged.status$),
      tap((event) => {
        if (!isTyped(event)) others.next(event);
      }),
      filter(isTyped),
      share(),
    ),
    late$: late$.pipe(filter(isTyped)),
    others$: others.pipe(takeUntil(over$)),
  };
};
