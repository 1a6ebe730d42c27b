import { map } from 'rxjs';
import type { Http } from '../transport/Http.js';
import type { Rest } from './Rest.js';

export const removePush =
  (http: Http): Rest['removePush'] =>
  () =>
    http({
      method: 'DELETE',
      path: '/sessions/{sessionId}/push',
      endpoint: 'DELETE /sessions/{id}/push',
    }).pipe(map(() => undefined));
