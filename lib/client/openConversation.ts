import { defer } from 'rxjs';
import { iterateLog } from '../history/iterateLog.js';
import type { LogSource } from '../history/LogSource.js';
import { pathOf } from '../rest/pathOf.js';
import type { Conversation, From } from './Conversation.js';
import { isTyped, type LogParts, logSource } from './logSource.js';
import { openLog } from './openLog.js';
import type { LogEvent } from './splitEvents.js';
import { startOf } from './startOf.js';
import type { Surroundings } from './surroundings.js';

/** Gives a view of one conversation, which holds nothing of its own. Throws for an id that cannot be sent. */
export const openConversation = (
  id: string,
  parts: LogParts,
  surroundingsOf: (conversationId: string) => Surroundings,
): Conversation => {
  pathOf`/conversations/${id}`;
  const source = (options: From): LogSource<LogEvent> => logSource(id, startOf(options), parts);
  return {
    ...surroundingsOf(id),
    id,
    log: (options = {}) => openLog(source(options)),
    messageEvents: (options = {}) => {
      startOf(options);
      return defer(() => openLog(source(options)).events$);
    },
    iterate: (options = {}) => iterateLog(source(options), { signal: options.signal, only: isTyped }),
  };
};
