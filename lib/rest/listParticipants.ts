import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { listOf } from '../wire/listOf.js';
import { participant, ParticipantAnswer } from './Participant.js';
import { pathOf } from './pathOf.js';
import type { Rest } from './Rest.js';

export const listParticipants =
  (http: Http): Rest['listParticipants'] =>
  (conversationId) =>
    http({ ...REQUEST, path: pathOf`/conversations/${conversationId}/participants` }).pipe(
      map(decodedBy(ParticipantList, REQUEST)),
      map((list) => list.map(participant)),
    );

const REQUEST = { method: 'GET', endpoint: 'GET /conversations/{id}/participants' } as const;

const ParticipantList = listOf(ParticipantAnswer);
