import { defer, map, type SchedulerLike } from 'rxjs';
import type { Http } from '../transport/Http.js';
import { pathOf } from './pathOf.js';
import type { Rest } from './Rest.js';

/** An update without a timestamp is sent with the time of the request. */
export const updateStatuses =
  (http: Http, { now }: Pick<SchedulerLike, 'now'>): Rest['updateStatuses'] =>
  (conversationId, updates) => {
    const path = pathOf`/conversations/${conversationId}/messages/statusupdates`;
    return defer(() =>
      http({
        method: 'POST',
        path,
        body: updates.map(({ messageIds, status, timestamp = new Date(now()).toISOString() }) => ({
          messageIds,
          status,
          timestamp,
        })),
        endpoint: 'POST /conversations/{id}/messages/statusupdates',
      }),
    ).pipe(map(() => undefined));
  };
