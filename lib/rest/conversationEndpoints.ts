import { map, type Observable } from 'rxjs';
import { check, objectWith, required, STRING } from '../fault/checkKinds.js';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http, HttpRequest } from '../transport/Http.js';
import { ConversationAnswer, type ConversationDetails, conversationDetails } from './ConversationDetails.js';
import { ifMatch } from './IfMatch.js';
import { listedConversation } from './ListedConversation.js';
import { noAnswer } from './noAnswer.js';
import { PARTICIPANTS } from './Participant.js';
import { pathOf } from './pathOf.js';
import { queryOf } from './queryOf.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { BODY, sendable } from './sendable.js';
import { type Tagged, withTag } from './Tagged.js';
import { usableItems, type UsableItemsOptions } from './usableItems.js';

/** The endpoints of conversations themselves. */
export const conversationEndpoints = (
  http: Http,
  options: UsableItemsOptions,
): Pick<
  Rest,
  'listConversations' | 'createConversation' | 'getConversation' | 'updateConversation' | 'deleteConversation'
> => {
  const detailsFrom = (request: HttpRequest): Observable<Tagged<ConversationDetails>> => {
    const decoded = decodedBy(ConversationAnswer, request);
    return http(request).pipe(withTag((response) => conversationDetails(decoded(response))));
  };

  return {
    listConversations: (filter = {}) => {
      check(FILTER, { options: filter });
      const { scope, profileId } = filter;
      const request = requestTo`GET /conversations`;
      return http({ ...request, query: queryOf({ scope, profileId }) }).pipe(
        map(usableItems(listedConversation, request, options)),
      );
    },
    createConversation: (conversation) => {
      check(NEW_CONVERSATION, { conversation });
      const { id, name, description, roles, isPublic, participants } = conversation;
      // An id that could be created but never addressed is refused here already.
      pathOf`/conversations/${id}`;
      const body = { id, name, description, roles, isPublic, participants };
      return detailsFrom({ ...requestTo`POST /conversations`, body });
    },
    getConversation: (id) => detailsFrom(requestTo`GET /conversations/${id}`),
    updateConversation: (id, changes, match) => {
      check(BODY, { changes });
      const { name, description, roles, isPublic } = changes;
      const body = { name, description, roles, isPublic };
      return detailsFrom({ ...requestTo`PUT /conversations/${id}`, ...ifMatch(match), body });
    },
    deleteConversation: (id, match) =>
      http({ ...requestTo`DELETE /conversations/${id}`, ...ifMatch(match) }).pipe(noAnswer()),
  };
};

const FILTER = objectWith({ scope: STRING, profileId: STRING });

const NEW_CONVERSATION = required(sendable(objectWith({ participants: PARTICIPANTS })));
