import { defer, type SchedulerLike } from 'rxjs';
import type { Http } from '../transport/Http.js';
import { noAnswer } from './noAnswer.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

/** An update without a timestamp is sent with the time of the request. */
export const updateStatuses =
  (http: Http, { now }: Pick<SchedulerLike, 'now'>): Rest['updateStatuses'] =>
  (conversationId, updates) => {
    const request = requestTo`POST /conversations/${conversationId}/messages/statusupdates`;
    return defer(() =>
      http({
        ...request,
        body: updates.map(({ messageIds, status, timestamp = new Date(now()).toISOString() }) => ({
          messageIds,
          status,
          timestamp,
        })),
      }),
    ).pipe(noAnswer());
  };
