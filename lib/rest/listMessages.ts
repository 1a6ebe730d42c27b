import { map } from 'rxjs';
import * as E from '#fp-ts/Either';
import type { Http } from '../transport/Http.js';
import { invalidResponse } from '../transport/invalidResponse.js';
import { decodeMessagePage } from '../wire/MessagePage.js';
import { pathOf } from './pathOf.js';
import { pageQuery } from './pageQuery.js';
import type { Rest } from './Rest.js';

export const listMessages =
  (http: Http): Rest['listMessages'] =>
  (conversationId, options = {}) =>
    http({
      ...REQUEST,
      path: pathOf`/conversations/${conversationId}/messages`,
      query: pageQuery(options),
    }).pipe(
      map(({ body, status }) => {
        const page = decodeMessagePage(body);
        if (E.isLeft(page)) throw invalidResponse({ ...REQUEST, status }, page.left);
        return page.right;
      }),
    );

const REQUEST = { method: 'GET', endpoint: 'GET /conversations/{id}/messages' } as const;
