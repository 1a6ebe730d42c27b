import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { ifMatch } from './IfMatch.js';
import { pathOf } from './pathOf.js';
import { Profile } from './Profile.js';
import type { Rest } from './Rest.js';
import { tagged } from './Tagged.js';

export const updateProfile =
  (http: Http): Rest['updateProfile'] =>
  (profileId, profile, options = {}) =>
    http({ ...REQUEST, ...ifMatch(options), path: pathOf`/profiles/${profileId}`, body: profile }).pipe(
      map((response) => tagged(decodedBy(Profile, REQUEST)(response), response)),
    );

const REQUEST = { method: 'PUT', endpoint: 'PUT /profiles/{id}' } as const;
