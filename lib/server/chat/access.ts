import { Refusal } from '../Refusal.js';
import type { Space } from '../Space.js';
import type { Conversation } from '../state/SpaceState.js';
import { existing } from './conversations.js';

export type Privilege = 'canSend' | 'canAddParticipants' | 'canRemoveParticipants';

/** A conversation is open to its participants, and a public one to everybody. */
export const isOpenTo = ({ details, participants }: Conversation, profileId: string): boolean =>
  details.isPublic || participants.has(profileId);

/** The conversation that somebody asks for, or a refusal. */
export const enter = (space: Space, conversationId: string, profileId: string): Conversation => {
  const conversation = existing(space, conversationId);
  if (isOpenTo(conversation, profileId)) return conversation;
  throw new Refusal(403, 'The conversation is open to its participants only.');
};

/** Refuses somebody whose role has a privilege switched off. Nobody has a role in public who is not in. */
export const expectPrivilege = (
  { details: { roles }, participants }: Conversation,
  profileId: string,
  privilege: Privilege,
): void => {
  const role = participants.get(profileId) === 'owner' ? roles.owner : roles.participant;
  if (role?.[privilege] === false)
    throw new Refusal(403, 'The role in this conversation does not allow this.');
};
