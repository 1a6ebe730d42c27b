import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { listOf } from '../wire/listOf.js';
import { listedConversation, ListedAnswer } from './ListedConversation.js';
import { queryOf } from './queryOf.js';
import type { Rest } from './Rest.js';

export const listConversations =
  (http: Http): Rest['listConversations'] =>
  ({ scope, profileId } = {}) =>
    http({ ...REQUEST, query: queryOf({ scope, profileId }) }).pipe(
      map(decodedBy(AnswerList, REQUEST)),
      map((list) => list.map(listedConversation)),
    );

const REQUEST = { method: 'GET', path: '/conversations', endpoint: 'GET /conversations' } as const;

const AnswerList = listOf(ListedAnswer);
