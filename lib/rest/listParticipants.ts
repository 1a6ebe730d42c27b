import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { listOf } from '../wire/listOf.js';
import { participant, ParticipantAnswer } from './Participant.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const listParticipants =
  (http: Http): Rest['listParticipants'] =>
  (conversationId) => {
    const request = requestTo`GET /conversations/${conversationId}/participants`;
    return http(request).pipe(
      map(decodedBy(ParticipantList, request)),
      map((list) => list.map(participant)),
    );
  };

const ParticipantList = listOf(ParticipantAnswer);
