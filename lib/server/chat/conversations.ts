import { lifecycle, participantMoved } from '../sockets/frames.js';
import { Refusal } from '../Refusal.js';
import type { Space } from '../Space.js';
import type { Details } from '../state/Change.js';
import type { Conversation } from '../state/SpaceState.js';

export interface NewConversation {
  readonly id: string;
  readonly details: Details;
  /** The profile, or the program, that creates it. */
  readonly by: string;
  readonly participants: readonly { readonly id: string; readonly role: string }[];
}

const full = { canSend: true, canAddParticipants: true, canRemoveParticipants: true };
/** The roles of a conversation whose creator names none. */
export const everyPrivilege = { owner: full, participant: full };

/** The conversation with this id, or a refusal when there is none, or none any more. */
export const existing = ({ state }: Space, id: string): Conversation => {
  const conversation = state.conversations.get(id);
  if (conversation && !conversation.isDeleted) return conversation;
  throw new Refusal(404, 'The conversation does not exist.');
};

/** Creates a conversation and tells everybody in it who is in it: themselves, and the creator, too. */
export const createConversation = (
  space: Space,
  { id, details, by, participants }: NewConversation,
): Conversation => {
  if (space.state.conversations.has(id)) throw new Refusal(409, 'The id of the conversation is taken.');
  space.commit({ kind: 'details', conversationId: id, details, by, on: new Date(space.now()).toISOString() });
  for (const { id: profileId, role } of participants) {
    space.commit({ kind: 'joined', conversationId: id, profileId, role });
  }

  const conversation = existing(space, id);
  const people = [...conversation.participants.keys()];
  space.announce(lifecycle(space, conversation, { verb: 'create', by }), people);
  for (const [profileId, role] of conversation.participants) {
    const move = { verb: 'participantAdded', conversationId: id, profileId, role, by } as const;
    space.announce(participantMoved(space, move), people);
  }
  return conversation;
};

export interface DetailsChange {
  readonly conversationId: string;
  readonly details: Details;
  readonly by: string;
}

/** Changes the details of a conversation and tells its participants. */
export const updateConversation = (space: Space, change: DetailsChange): Conversation => {
  space.commit({ kind: 'details', ...change, on: new Date(space.now()).toISOString() });
  const conversation = existing(space, change.conversationId);
  space.announce(
    lifecycle(space, conversation, { verb: 'update', by: change.by }),
    conversation.participants.keys(),
  );
  return conversation;
};

/** Deletes a conversation and tells its participants. Its log stays, should it come back. */
export const deleteConversation = (space: Space, conversation: Conversation, by: string): void => {
  space.commit({ kind: 'presence', conversationId: conversation.id, isDeleted: true });
  space.announce(lifecycle(space, conversation, { verb: 'delete', by }), conversation.participants.keys());
};

/** Brings a deleted conversation back, with its log and its people, and tells them. */
export const undeleteConversation = (space: Space, conversationId: string, by: string): void => {
  const known = space.state.conversations.get(conversationId);
  if (!known?.isDeleted) throw new Refusal(404, 'There is no deleted conversation with this id.');
  space.commit({ kind: 'presence', conversationId, isDeleted: false });
  space.announce(lifecycle(space, known, { verb: 'undelete', by }), known.participants.keys());
};
