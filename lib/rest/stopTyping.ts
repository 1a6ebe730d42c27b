import type { Http } from '../transport/Http.js';
import { noAnswer } from './noAnswer.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const stopTyping =
  (http: Http): Rest['stopTyping'] =>
  (conversationId) =>
    http(requestTo`DELETE /conversations/${conversationId}/typing`).pipe(noAnswer());
