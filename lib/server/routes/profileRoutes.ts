import * as t from 'io-ts';
import { setProfile } from '../chat/setProfile.js';
import { expectMatch } from '../http/ifMatch.js';
import type { AuthorisedCall, Reply, Route } from '../http/Route.js';
import { Refusal } from '../Refusal.js';
import type { Space } from '../Space.js';
import type { KnownProfile } from '../state/SpaceState.js';
import { matchesQuery } from './matchesQuery.js';

const path = '/profiles/:profileId';

/** Profiles: read, found, replaced, amended. */
export const profileRoutes = (space: Space): readonly Route[] => {
  const { profiles } = space.state;

  const existing = ({ param }: AuthorisedCall): KnownProfile => {
    const known = profiles.get(param('profileId'));
    if (!known) throw new Refusal(404, 'The profile does not exist.');
    return known;
  };

  return [
    { method: 'GET', path, answer: (call) => tagged(existing(call)) },
    {
      method: 'GET',
      path: '/profiles',
      answer: ({ query }) => ({
        status: 200,
        json: [...profiles.values()].map(({ profile }) => profile).filter(matchesQuery(query)),
      }),
    },
    {
      method: 'PUT',
      path,
      answer: async (call) => {
        const fields = await call.json(t.UnknownRecord);
        const profileId = call.param('profileId');
        expectMatch(call, profiles.get(profileId)?.etag);
        return tagged(setProfile(space, { profileId, fields, by: call.session.profileId }));
      },
    },
    {
      method: 'PATCH',
      path,
      answer: async (call) => {
        const changes = await call.json(t.UnknownRecord);
        const { profile, etag } = existing(call);
        expectMatch(call, etag);
        const fields = { ...profile, ...changes };
        return tagged(setProfile(space, { profileId: profile.id, fields, by: call.session.profileId }));
      },
    },
  ];
};

const tagged = ({ profile, etag }: KnownProfile): Reply => ({
  status: 200,
  json: profile,
  headers: { ETag: etag },
});
