import { map, type Observable } from 'rxjs';
import { check, OBJECT } from '../fault/checkKinds.js';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http, HttpRequest } from '../transport/Http.js';
import { listOf } from '../wire/listOf.js';
import { ifMatch } from './IfMatch.js';
import { Profile } from './Profile.js';
import { queryOf } from './queryOf.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { BODY } from './sendable.js';
import { type Tagged, withTag } from './Tagged.js';

/** The endpoints of profiles. */
export const profileEndpoints = (
  http: Http,
): Pick<Rest, 'getProfile' | 'queryProfiles' | 'updateProfile' | 'patchProfile'> => {
  const profileFrom = (request: HttpRequest): Observable<Tagged<Profile>> =>
    http(request).pipe(withTag(decodedBy(Profile, request)));

  return {
    getProfile: (id) => profileFrom(requestTo`GET /profiles/${id}`),
    queryProfiles: (query = {}) => {
      check(OBJECT, { query });
      const request = requestTo`GET /profiles`;
      return http({ ...request, query: queryOf(query) }).pipe(map(decodedBy(ProfileList, request)));
    },
    updateProfile: (id, profile, match) => {
      check(BODY, { profile });
      return profileFrom({ ...requestTo`PUT /profiles/${id}`, ...ifMatch(match), body: profile });
    },
    patchProfile: (id, changes, match) => {
      check(BODY, { changes });
      return profileFrom({ ...requestTo`PATCH /profiles/${id}`, ...ifMatch(match), body: changes });
    },
  };
};

const ProfileList = listOf(Profile);
