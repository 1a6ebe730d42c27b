import { map } from 'rxjs';
import type { Http } from '../transport/Http.js';
import { pathOf } from './pathOf.js';
import type { Rest } from './Rest.js';

export const addParticipants =
  (http: Http): Rest['addParticipants'] =>
  (conversationId, participants) =>
    http({
      method: 'POST',
      path: pathOf`/conversations/${conversationId}/participants`,
      body: participants.map(({ id, role }) => ({ id, role })),
      endpoint: 'POST /conversations/{id}/participants',
    }).pipe(map(() => undefined));
