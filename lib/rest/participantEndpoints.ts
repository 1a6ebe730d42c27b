import { map } from 'rxjs';
import { check, IDS, required } from '../fault/checkKinds.js';
import type { Http } from '../transport/Http.js';
import { noAnswer } from './noAnswer.js';
import { participant, PARTICIPANTS } from './Participant.js';
import { queryOf } from './queryOf.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { usableItems, type UsableItemsOptions } from './usableItems.js';

/** The endpoints of the people in a conversation, and of their typing. */
export const participantEndpoints = (
  http: Http,
  options: UsableItemsOptions,
): Pick<
  Rest,
  'listParticipants' | 'addParticipants' | 'removeParticipants' | 'startTyping' | 'stopTyping'
> => ({
  listParticipants: (conversationId) => {
    const request = requestTo`GET /conversations/${conversationId}/participants`;
    return http(request).pipe(map(usableItems(participant, request, options)));
  },
  addParticipants: (conversationId, participants) => {
    check(required(PARTICIPANTS), { participants });
    const body = participants.map(({ id, role }) => ({ id, role }));
    return http({ ...requestTo`POST /conversations/${conversationId}/participants`, body }).pipe(noAnswer());
  },
  removeParticipants: (conversationId, profileIds) => {
    check(required(IDS), { profileIds });
    // A server could take no id at all for everybody.
    if (profileIds.length === 0) throw new RangeError('removeParticipants needs at least one profile id.');
    const query = profileIds.flatMap((id) => queryOf({ id }));
    return http({ ...requestTo`DELETE /conversations/${conversationId}/participants`, query }).pipe(
      noAnswer(),
    );
  },
  startTyping: (conversationId) =>
    http({ ...requestTo`POST /conversations/${conversationId}/typing`, body: {} }).pipe(noAnswer()),
  stopTyping: (conversationId) =>
    http(requestTo`DELETE /conversations/${conversationId}/typing`).pipe(noAnswer()),
});
