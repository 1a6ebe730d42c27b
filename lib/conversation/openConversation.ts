import { defer, type MonoTypeOperatorFunction, type Observable } from 'rxjs';
import { streamsOutside } from '../stream/Zone.js';
import { pathOf } from '../rest/pathOf.js';
import { unfollowed } from '../history/followLog.js';
import { iterateLog } from '../history/iterateLog.js';
import type { Log } from '../history/LogSource.js';
import type { SyncStatus } from '../history/SyncStatus.js';
import type { LogEvent } from '../feed/splitEvents.js';
import { isTyped, placeOf } from '../log/logSource.js';
import { openLog } from '../log/openLog.js';
import { type From, startOf } from '../log/startOf.js';
import type { Conversation } from './Conversation.js';
import type { Outboxes } from './outboxes.js';
import type { Surroundings } from './surroundings.js';
import { openTimeline, type TimelineParts } from './timeline.js';

/** Gives a view of one conversation, which holds nothing of its own. Throws for an id that cannot be sent. */
export const openConversation = (
  id: string,
  parts: TimelineParts & Pick<Outboxes, 'commandsOf'>,
  surroundingsOf: (conversationId: string) => Surroundings,
): Conversation => {
  pathOf`/conversations/${id}`;
  const watch = (status$: Observable<SyncStatus>): MonoTypeOperatorFunction<LogEvent> =>
    parts.watchRun(id, status$);
  const logOf = (options: From, putsAside: boolean): Log<LogEvent> =>
    unfollowed(parts.source, placeOf(id, { putsAside }), startOf(options));
  const log: Conversation['log'] = (options = {}) =>
    streamsOutside(parts.zone, openLog(logOf(options, true), watch));
  return {
    ...streamsOutside(parts.zone, surroundingsOf(id)),
    id,
    log,
    messageEvents: (options = {}) => {
      startOf(options);
      return defer(() => log(options).events$);
    },
    timeline: (options = {}) => openTimeline(id, options, parts),
    ...parts.commandsOf(id),
    iterate: (options = {}) =>
      iterateLog(logOf(options, false), { signal: options.signal, only: isTyped, watch }),
  };
};
