import * as t from 'io-ts';
import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { Id } from '../wire/Id.js';
import { maybe } from '../wire/maybe.js';
import { objectOf } from '../wire/objectOf.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import type { SessionDetails } from './SessionDetails.js';

export const getSession =
  (http: Http): Rest['getSession'] =>
  () => {
    const request = requestTo`GET /sessions/{sessionId}`;
    return http(request).pipe(
      map(decodedBy(OwnSessionAnswer, request)),
      map(({ id, profileId, expiresOn }): SessionDetails => ({
        id,
        profileId,
        ...(typeof expiresOn === 'string' && { expiresOn }),
      })),
    );
  };

const OwnSessionAnswer = objectOf(
  { id: Id, profileId: Id },
  { expiresOn: maybe(t.string) },
  'OwnSessionAnswer',
);
