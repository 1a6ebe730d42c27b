import type { Http } from '../transport/Http.js';
import { noAnswer } from './noAnswer.js';
import { queryOf } from './queryOf.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const removeParticipants =
  (http: Http): Rest['removeParticipants'] =>
  (conversationId, profileIds) => {
    // A server could take no id at all for everybody.
    if (profileIds.length === 0) throw new RangeError('removeParticipants needs at least one profile id.');
    const query = profileIds.flatMap((id) => queryOf({ id }));
    return http({ ...requestTo`DELETE /conversations/${conversationId}/participants`, query }).pipe(
      noAnswer(),
    );
  };
