import { map } from 'rxjs';
import type { Http } from '../transport/Http.js';
import { ifMatch } from './IfMatch.js';
import { pathOf } from './pathOf.js';
import type { Rest } from './Rest.js';

export const deleteConversation =
  (http: Http): Rest['deleteConversation'] =>
  (conversationId, options = {}) =>
    http({
      method: 'DELETE',
      path: pathOf`/conversations/${conversationId}`,
      endpoint: 'DELETE /conversations/{id}',
      ...ifMatch(options),
    }).pipe(map(() => undefined));
