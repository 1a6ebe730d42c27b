import { participantMoved } from '../sockets/frames.js';
import type { Space } from '../Space.js';
import type { Conversation } from '../state/SpaceState.js';

export interface Arrival {
  readonly profileId: string;
  readonly role: string;
  readonly by: string;
}

/** Takes somebody in, or gives them another role, and tells everybody. Who is in already with this role stays so. */
export const addParticipant = (
  space: Space,
  { id: conversationId, participants, createdBy }: Conversation,
  { profileId, role, by }: Arrival,
): void => {
  const before = participants.get(profileId);
  if (before === role) return;
  space.commit({ kind: 'joined', conversationId, profileId, role });
  const verb = before === undefined ? 'participantAdded' : 'participantUpdated';
  const frame = participantMoved(space, { verb, conversationId, profileId, role, by });
  space.announce(frame, [...participants.keys(), createdBy]);
};

/** Takes somebody out and tells everybody, them too. Who is not in stays out. */
export const removeParticipant = (
  space: Space,
  { id: conversationId, participants }: Conversation,
  { profileId, by }: { readonly profileId: string; readonly by: string },
): void => {
  if (!participants.has(profileId)) return;
  space.commit({ kind: 'left', conversationId, profileId });
  const frame = participantMoved(space, { verb: 'participantRemoved', conversationId, profileId, by });
  space.announce(frame, [...participants.keys(), profileId]);
};
