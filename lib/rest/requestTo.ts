import type { HttpRequest } from '../transport/Http.js';
import { pathOf } from './pathOf.js';

/**
 * Makes a request as it is written in the protocol, with ids in their places.
 *
 *     requestTo`DELETE /conversations/${'my garden'}/typing`   ->
 *       { method: 'DELETE', path: '/conversations/my%20garden/typing', endpoint: 'DELETE /conversations/{id}/typing' }
 *
 * `{sessionId}` stands for the session that authorises the request. Throws in the caller's stack for what can be no id.
 *
 * @see pathOf, which says what can be none.
 */
export const requestTo = (
  text: TemplateStringsArray,
  ...ids: readonly string[]
): Pick<HttpRequest, 'method' | 'path' | 'endpoint'> => {
  // An id is encoded, so that the only space is the one between the two.
  const [method, path = ''] = pathOf(text, ...ids).split(' ');
  return {
    // The protocol has no others.
    method: method as HttpRequest['method'],
    path,
    endpoint: text.join('{id}').replace('{sessionId}', '{id}'),
  };
};
