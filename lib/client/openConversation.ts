import { defer } from 'rxjs';
import { checkStart } from '../history/checkStart.js';
import { iterateLog } from '../history/iterateLog.js';
import type { LogSource } from '../history/LogSource.js';
import { pathOf } from '../rest/pathOf.js';
import type { Conversation, From } from './Conversation.js';
import { isTyped, type LogParts, logSource } from './logSource.js';
import { openLog } from './openLog.js';
import type { LogEvent } from './splitEvents.js';

/** Gives a view of one conversation, which holds nothing of its own. Throws for an id that cannot be sent. */
export const openConversation = (id: string, parts: LogParts): Conversation => {
  pathOf`/conversations/${id}`;
  const source = ({ after = -1 }: From): LogSource<LogEvent> => logSource(id, checkStart(after), parts);
  return {
    id,
    log: (options = {}) => openLog(source(options)),
    messageEvents: (options = {}) => {
      checkStart(options.after ?? -1);
      return defer(() => openLog(source(options)).events$);
    },
    iterate: ({ signal, ...from } = {}) => iterateLog(source(from), { signal, only: isTyped }),
  };
};
