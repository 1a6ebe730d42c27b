import { endWith, filter, ignoreElements, share, Subject, takeUntil, tap } from 'rxjs';
import { followLog } from '../history/followLog.js';
import type { LogSource } from '../history/LogSource.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { ConversationLog } from './Conversation.js';
import { isTyped } from './logSource.js';
import type { LogEvent } from './splitEvents.js';

/** Starts nothing yet: the run begins with the first subscriber of its `events$`. */
export const openLog = (source: LogSource<LogEvent>): ConversationLog => {
  const { events$, late$, ...merged } = followLog(source);
  const others = new Subject<UnknownEvent>();
  const over$ = merged.holes$.pipe(ignoreElements(), endWith(undefined));
  return {
    ...merged,
    events$: events$.pipe(
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
