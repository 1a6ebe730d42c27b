import type { Http } from '../transport/Http.js';
import { noAnswer } from './noAnswer.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const removePush =
  (http: Http): Rest['removePush'] =>
  () =>
    http(requestTo`DELETE /sessions/{sessionId}/push`).pipe(noAnswer());
