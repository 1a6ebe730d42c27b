import { map } from 'rxjs';
import * as E from '#fp-ts/Either';
import type { Http } from '../transport/Http.js';
import { invalidResponse } from '../transport/invalidResponse.js';
import { decodeMessagePage } from '../wire/MessagePage.js';
import { pageQuery } from './pageQuery.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const listMessages =
  (http: Http): Rest['listMessages'] =>
  (conversationId, options = {}) => {
    const request = requestTo`GET /conversations/${conversationId}/messages`;
    return http({ ...request, query: pageQuery(options) }).pipe(
      map(({ body, status }) => {
        const page = decodeMessagePage(body);
        if (E.isLeft(page)) throw invalidResponse({ ...request, status }, page.left);
        return page.right;
      }),
    );
  };
