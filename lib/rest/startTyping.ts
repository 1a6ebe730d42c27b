import { map } from 'rxjs';
import type { Http } from '../transport/Http.js';
import { pathOf } from './pathOf.js';
import type { Rest } from './Rest.js';

export const startTyping =
  (http: Http): Rest['startTyping'] =>
  (conversationId) =>
    http({
      method: 'POST',
      path: pathOf`/conversations/${conversationId}/typing`,
      body: {},
      endpoint: 'POST /conversations/{id}/typing',
    }).pipe(map(() => undefined));
