import type { Http } from '../transport/Http.js';
import { noAnswer } from './noAnswer.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const registerPush =
  (http: Http): Rest['registerPush'] =>
  (push) =>
    http({ ...requestTo`PUT /sessions/{sessionId}/push`, body: push }).pipe(noAnswer());
