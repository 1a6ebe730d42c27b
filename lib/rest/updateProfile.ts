import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { ifMatch } from './IfMatch.js';
import { Profile } from './Profile.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { withTag } from './Tagged.js';

export const updateProfile =
  (http: Http): Rest['updateProfile'] =>
  (profileId, profile, options = {}) => {
    const request = requestTo`PUT /profiles/${profileId}`;
    return http({ ...request, ...ifMatch(options), body: profile }).pipe(
      withTag(decodedBy(Profile, request)),
    );
  };
