import * as t from 'io-ts';
import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { Id } from '../wire/Id.js';
import { maybe } from '../wire/maybe.js';
import type { Rest } from './Rest.js';
import type { SessionDetails } from './SessionDetails.js';

export const getSession =
  (http: Http): Rest['getSession'] =>
  () =>
    http(REQUEST).pipe(
      map(decodedBy(OwnSessionAnswer, REQUEST)),
      map(({ id, profileId, expiresOn }): SessionDetails => ({
        id,
        profileId,
        ...(typeof expiresOn === 'string' && { expiresOn }),
      })),
    );

const REQUEST = { method: 'GET', path: '/sessions/{sessionId}', endpoint: 'GET /sessions/{id}' } as const;

const OwnSessionAnswer = t.intersection(
  [t.type({ id: Id, profileId: Id }), t.partial({ expiresOn: maybe(t.string) })],
  'OwnSessionAnswer',
);
