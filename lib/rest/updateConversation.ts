import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { ConversationAnswer, conversationDetails } from './ConversationDetails.js';
import { ifMatch } from './IfMatch.js';
import { pathOf } from './pathOf.js';
import type { Rest } from './Rest.js';
import { tagged } from './Tagged.js';

export const updateConversation =
  (http: Http): Rest['updateConversation'] =>
  (conversationId, { name, description, roles, isPublic }, options = {}) =>
    http({
      ...REQUEST,
      ...ifMatch(options),
      path: pathOf`/conversations/${conversationId}`,
      body: { name, description, roles, isPublic },
    }).pipe(
      map((response) =>
        tagged(conversationDetails(decodedBy(ConversationAnswer, REQUEST)(response)), response),
      ),
    );

const REQUEST = { method: 'PUT', endpoint: 'PUT /conversations/{id}' } as const;
