import { profileChanged } from '../sockets/frames.js';
import { Refusal } from '../Refusal.js';
import type { Space } from '../Space.js';
import type { KnownProfile } from '../state/SpaceState.js';

export interface ProfileChange {
  readonly profileId: string;
  /** All fields of the profile; an id among them is ignored. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly by: string;
}

/** Replaces a profile and tells it, and everybody who shares a conversation with it. */
export const setProfile = (space: Space, { profileId, fields, by }: ProfileChange): KnownProfile => {
  space.commit({ kind: 'profile', profile: { ...fields, id: profileId } });
  const known = space.state.profiles.get(profileId);
  if (!known) throw new Refusal(500, 'The profile was not kept.');
  space.announce(profileChanged(space, known, by), acquaintances(space, profileId));
  return known;
};

const acquaintances = ({ state }: Space, profileId: string): readonly string[] => {
  const shared = [...state.conversations.values()].filter(
    ({ isDeleted, participants }) => !isDeleted && participants.has(profileId),
  );
  return [profileId, ...shared.flatMap(({ participants }) => [...participants.keys()])];
};
