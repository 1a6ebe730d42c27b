import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { ConversationAnswer, conversationDetails } from './ConversationDetails.js';
import { pathOf } from './pathOf.js';
import type { Rest } from './Rest.js';
import { tagged } from './Tagged.js';

export const getConversation =
  (http: Http): Rest['getConversation'] =>
  (conversationId) =>
    http({ ...REQUEST, path: pathOf`/conversations/${conversationId}` }).pipe(
      map((response) =>
        tagged(conversationDetails(decodedBy(ConversationAnswer, REQUEST)(response)), response),
      ),
    );

const REQUEST = { method: 'GET', endpoint: 'GET /conversations/{id}' } as const;
