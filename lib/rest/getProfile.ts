import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { Profile } from './Profile.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { withTag } from './Tagged.js';

export const getProfile =
  (http: Http): Rest['getProfile'] =>
  (profileId) => {
    const request = requestTo`GET /profiles/${profileId}`;
    return http(request).pipe(withTag(decodedBy(Profile, request)));
  };
