import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { listOf } from '../wire/listOf.js';
import { Profile } from './Profile.js';
import { queryOf } from './queryOf.js';
import type { Rest } from './Rest.js';

export const queryProfiles =
  (http: Http): Rest['queryProfiles'] =>
  (query = {}) =>
    http({ ...REQUEST, query: queryOf(query) }).pipe(map(decodedBy(ProfileList, REQUEST)));

const REQUEST = { method: 'GET', path: '/profiles', endpoint: 'GET /profiles' } as const;

const ProfileList = listOf(Profile);
