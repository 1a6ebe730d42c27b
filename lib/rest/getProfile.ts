import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { pathOf } from './pathOf.js';
import { Profile } from './Profile.js';
import type { Rest } from './Rest.js';
import { tagged } from './Tagged.js';

export const getProfile =
  (http: Http): Rest['getProfile'] =>
  (profileId) =>
    http({ ...REQUEST, path: pathOf`/profiles/${profileId}` }).pipe(
      map((response) => tagged(decodedBy(Profile, REQUEST)(response), response)),
    );

const REQUEST = { method: 'GET', endpoint: 'GET /profiles/{id}' } as const;
