import { describe, expect, it } from '@jest/globals';
import { requestTo } from '../../lib/rest/requestTo.js';

describe('requestTo', () => {
  it('has each id encoded in the path, and none in what names the endpoint', () => {
    expect(requestTo`PUT /conversations/${'my garden'}/events/${'{id}/GET'}`).toStrictEqual({
      method: 'PUT',
      path: '/conversations/my%20garden/events/%7Bid%7D%2FGET',
      endpoint: 'PUT /conversations/{id}/events/{id}',
    });
  });

  it('leaves the place of the session for whoever knows it', () => {
    expect(requestTo`DELETE /sessions/{sessionId}/push`).toStrictEqual({
      method: 'DELETE',
      path: '/sessions/{sessionId}/push',
      endpoint: 'DELETE /sessions/{id}/push',
    });
  });

  it('refuses in the stack of its caller what can be no id', () => {
    expect(() => requestTo`GET /profiles/${''}`).toThrow(RangeError);
  });
});
