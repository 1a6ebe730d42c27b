import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { ifMatch } from './IfMatch.js';
import { pathOf } from './pathOf.js';
import { Profile } from './Profile.js';
import type { Rest } from './Rest.js';
import { tagged } from './Tagged.js';

export const patchProfile =
  (http: Http): Rest['patchProfile'] =>
  (profileId, changes, options = {}) =>
    http({ ...REQUEST, ...ifMatch(options), path: pathOf`/profiles/${profileId}`, body: changes }).pipe(
      map((response) => tagged(decodedBy(Profile, REQUEST)(response), response)),
    );

const REQUEST = { method: 'PATCH', endpoint: 'PATCH /profiles/{id}' } as const;
