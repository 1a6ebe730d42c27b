import type { Http } from '../transport/Http.js';
import { noAnswer } from './noAnswer.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const addParticipants =
  (http: Http): Rest['addParticipants'] =>
  (conversationId, participants) => {
    const body = participants.map(({ id, role }) => ({ id, role }));
    return http({ ...requestTo`POST /conversations/${conversationId}/participants`, body }).pipe(noAnswer());
  };
