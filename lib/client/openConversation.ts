import { defer, type MonoTypeOperatorFunction, type Observable } from 'rxjs';
import { iterateLog } from '../history/iterateLog.js';
import type { LogSource } from '../history/LogSource.js';
import type { SyncStatus } from '../history/SyncStatus.js';
import { pathOf } from '../rest/pathOf.js';
import type { Conversation, From } from './Conversation.js';
import { isTyped, logSource } from './logSource.js';
import { openLog } from './openLog.js';
import type { LogEvent } from './splitEvents.js';
import type { Outboxes } from './outboxes.js';
import { startOf } from './startOf.js';
import type { Surroundings } from './surroundings.js';
import { openTimeline, type TimelineParts } from './timeline.js';
import { streamsOutside } from './Zone.js';

/** Gives a view of one conversation, which holds nothing of its own. Throws for an id that cannot be sent. */
export const openConversation = (
  id: string,
  parts: TimelineParts & Pick<Outboxes, 'commandsOf'>,
  surroundingsOf: (conversationId: string) => Surroundings,
): Conversation => {
  pathOf`/conversations/${id}`;
  const watch = (status$: Observable<SyncStatus>): MonoTypeOperatorFunction<LogEvent> =>
    parts.watchRun(id, status$);
  const source = (options: From): LogSource<LogEvent> => logSource(id, startOf(options), parts);
  const log: Conversation['log'] = (options = {}) =>
    streamsOutside(parts.zone, openLog(source(options), watch));
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
    iterate: (options = {}) => iterateLog(source(options), { signal: options.signal, only: isTyped, watch }),
  };
};
