import type { Http } from '../transport/Http.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { taggedDetails } from './taggedDetails.js';

export const getConversation =
  (http: Http): Rest['getConversation'] =>
  (conversationId) => {
    const request = requestTo`GET /conversations/${conversationId}`;
    return http(request).pipe(taggedDetails(request));
  };
