import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { ifMatch } from './IfMatch.js';
import { Profile } from './Profile.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { withTag } from './Tagged.js';

export const patchProfile =
  (http: Http): Rest['patchProfile'] =>
  (profileId, changes, options = {}) => {
    const request = requestTo`PATCH /profiles/${profileId}`;
    return http({ ...request, ...ifMatch(options), body: changes }).pipe(
      withTag(decodedBy(Profile, request)),
    );
  };
