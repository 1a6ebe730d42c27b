import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { listOf } from '../wire/listOf.js';
import { listedConversation, ListedAnswer } from './ListedConversation.js';
import { queryOf } from './queryOf.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const listConversations =
  (http: Http): Rest['listConversations'] =>
  ({ scope, profileId } = {}) => {
    const request = requestTo`GET /conversations`;
    return http({ ...request, query: queryOf({ scope, profileId }) }).pipe(
      map(decodedBy(AnswerList, request)),
      map((list) => list.map(listedConversation)),
    );
  };

const AnswerList = listOf(ListedAnswer);
