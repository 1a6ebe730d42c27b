import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { ConversationAnswer, conversationDetails } from './ConversationDetails.js';
import { pathOf } from './pathOf.js';
import type { Rest } from './Rest.js';
import { tagged } from './Tagged.js';

export const createConversation =
  (http: Http): Rest['createConversation'] =>
  ({ id, name, description, roles, isPublic, participants }) => {
    // An id that could be created but never addressed is refused here already.
    pathOf`/conversations/${id}`;
    return http({ ...REQUEST, body: { id, name, description, roles, isPublic, participants } }).pipe(
      map((response) =>
        tagged(conversationDetails(decodedBy(ConversationAnswer, REQUEST)(response)), response),
      ),
    );
  };

const REQUEST = { method: 'POST', path: '/conversations', endpoint: 'POST /conversations' } as const;
