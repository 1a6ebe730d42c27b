import type { Http } from '../transport/Http.js';
import { pathOf } from './pathOf.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { taggedDetails } from './taggedDetails.js';

export const createConversation =
  (http: Http): Rest['createConversation'] =>
  ({ id, name, description, roles, isPublic, participants }) => {
    // An id that could be created but never addressed is refused here already.
    pathOf`/conversations/${id}`;
    const request = requestTo`POST /conversations`;
    const body = { id, name, description, roles, isPublic, participants };
    return http({ ...request, body }).pipe(taggedDetails(request));
  };
