import { map } from 'rxjs';
import type { Http } from '../transport/Http.js';
import { listedConversation } from './ListedConversation.js';
import { queryOf } from './queryOf.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { usableItems, type UsableItemsOptions } from './usableItems.js';

export const listConversations =
  (http: Http, options: UsableItemsOptions): Rest['listConversations'] =>
  ({ scope, profileId } = {}) => {
    const request = requestTo`GET /conversations`;
    return http({ ...request, query: queryOf({ scope, profileId }) }).pipe(
      map(usableItems(listedConversation, request, options)),
    );
  };
