import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';

/** Why its conversation is over for us with this event, if it is. */
export const closedBy = (
  event: ComapiEvent | UnknownEvent,
  isMe: (profileId: string) => boolean,
): 'deleted' | 'removed' | undefined => {
  if (!('type' in event)) return undefined;
  if (event.type === 'conversationDeleted') return 'deleted';
  return event.type === 'participantRemoved' && isMe(event.payload.profileId) ? 'removed' : undefined;
};
