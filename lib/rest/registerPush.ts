import { map } from 'rxjs';
import type { Http } from '../transport/Http.js';
import type { Rest } from './Rest.js';

export const registerPush =
  (http: Http): Rest['registerPush'] =>
  (push) =>
    http({
      method: 'PUT',
      path: '/sessions/{sessionId}/push',
      body: push,
      endpoint: 'PUT /sessions/{id}/push',
    }).pipe(map(() => undefined));
