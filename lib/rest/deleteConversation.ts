import type { Http } from '../transport/Http.js';
import { ifMatch } from './IfMatch.js';
import { noAnswer } from './noAnswer.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const deleteConversation =
  (http: Http): Rest['deleteConversation'] =>
  (conversationId, options = {}) =>
    http({ ...requestTo`DELETE /conversations/${conversationId}`, ...ifMatch(options) }).pipe(noAnswer());
