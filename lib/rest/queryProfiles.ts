import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { listOf } from '../wire/listOf.js';
import { Profile } from './Profile.js';
import { queryOf } from './queryOf.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const queryProfiles =
  (http: Http): Rest['queryProfiles'] =>
  (query = {}) => {
    const request = requestTo`GET /profiles`;
    return http({ ...request, query: queryOf(query) }).pipe(map(decodedBy(ProfileList, request)));
  };

const ProfileList = listOf(Profile);
