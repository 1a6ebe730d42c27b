import type { Http } from '../transport/Http.js';
import { noAnswer } from './noAnswer.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const startTyping =
  (http: Http): Rest['startTyping'] =>
  (conversationId) =>
    http({ ...requestTo`POST /conversations/${conversationId}/typing`, body: {} }).pipe(noAnswer());
