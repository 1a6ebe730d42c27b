import { map } from 'rxjs';
import type { Http } from '../transport/Http.js';
import { participant } from './Participant.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { usableItems, type UsableItemsOptions } from './usableItems.js';

export const listParticipants =
  (http: Http, options: UsableItemsOptions): Rest['listParticipants'] =>
  (conversationId) => {
    const request = requestTo`GET /conversations/${conversationId}/participants`;
    return http(request).pipe(map(usableItems(participant, request, options)));
  };
