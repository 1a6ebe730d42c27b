import * as t from 'io-ts';
import { map } from 'rxjs';
import { check } from '../fault/checkKinds.js';
import { present } from '../stream/present.js';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { Id } from '../wire/Id.js';
import { maybe } from '../wire/maybe.js';
import { objectOf } from '../wire/objectOf.js';
import { noAnswer } from './noAnswer.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { BODY } from './sendable.js';
import type { SessionDetails } from './SessionDetails.js';

/** The endpoints of the session that asks. */
export const sessionEndpoints = (http: Http): Pick<Rest, 'getSession' | 'registerPush' | 'removePush'> => ({
  getSession: () => {
    const request = requestTo`GET /sessions/{sessionId}`;
    return http(request).pipe(
      map(decodedBy(OwnSessionAnswer, request)),
      map(({ id, profileId, expiresOn }): SessionDetails => ({
        id,
        profileId,
        ...present({ expiresOn }),
      })),
    );
  },
  registerPush: (push) => {
    check(BODY, { push });
    return http({ ...requestTo`PUT /sessions/{sessionId}/push`, body: push }).pipe(noAnswer());
  },
  removePush: () => http(requestTo`DELETE /sessions/{sessionId}/push`).pipe(noAnswer()),
});

const OwnSessionAnswer = objectOf(
  { id: Id, profileId: Id },
  { expiresOn: maybe(t.string) },
  'OwnSessionAnswer',
);
