import { map } from 'rxjs';
import type { Http } from '../transport/Http.js';
import { pathOf } from './pathOf.js';
import type { Rest } from './Rest.js';

export const stopTyping =
  (http: Http): Rest['stopTyping'] =>
  (conversationId) =>
    http({
      method: 'DELETE',
      path: pathOf`/conversations/${conversationId}/typing`,
      endpoint: 'DELETE /conversations/{id}/typing',
    }).pipe(map(() => undefined));
