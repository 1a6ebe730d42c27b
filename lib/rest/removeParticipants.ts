import { map } from 'rxjs';
import type { Http } from '../transport/Http.js';
import { pathOf } from './pathOf.js';
import { queryOf } from './queryOf.js';
import type { Rest } from './Rest.js';

export const removeParticipants =
  (http: Http): Rest['removeParticipants'] =>
  (conversationId, profileIds) => {
    // A server could take no id at all for everybody.
    if (profileIds.length === 0) throw new RangeError('removeParticipants needs at least one profile id.');
    return http({
      method: 'DELETE',
      path: pathOf`/conversations/${conversationId}/participants`,
      query: profileIds.flatMap((id) => queryOf({ id })),
      endpoint: 'DELETE /conversations/{id}/participants',
    }).pipe(map(() => undefined));
  };
