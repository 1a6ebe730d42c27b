import type { Http } from '../transport/Http.js';
import { ifMatch } from './IfMatch.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { taggedDetails } from './taggedDetails.js';

export const updateConversation =
  (http: Http): Rest['updateConversation'] =>
  (conversationId, { name, description, roles, isPublic }, options = {}) => {
    const request = requestTo`PUT /conversations/${conversationId}`;
    const body = { name, description, roles, isPublic };
    return http({ ...request, ...ifMatch(options), body }).pipe(taggedDetails(request));
  };
