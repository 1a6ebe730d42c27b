import { typingChanged } from '../sockets/frames.js';
import type { Space } from '../Space.js';
import type { Conversation } from '../state/SpaceState.js';

/** Tells everybody in a conversation that somebody began or stopped typing. Nothing is kept of it. */
export const setTyping = (
  space: Space,
  { id: conversationId, participants }: Conversation,
  { profileId, typing }: { readonly profileId: string; readonly typing: boolean },
): void => space.announce(typingChanged(space, { conversationId, profileId, typing }), participants.keys());
