import { randomUUID } from 'node:crypto';
import { messageEvent } from '../sockets/frames.js';
import type { Space } from '../Space.js';
import type { Conversation } from '../state/SpaceState.js';
import type { LoggedEvent } from './LoggedEvent.js';

type Distribute<E> = E extends LoggedEvent ? Pick<E, 'name' | 'payload'> : never;

export interface NewEvent {
  /** Who did it, as `createdBy` has it. */
  readonly by: string;
  /** Who hears of it beside the participants. */
  readonly author?: string;
  readonly event: Distribute<LoggedEvent>;
}

/** Adds an event to the end of a log, tells everybody, and returns its id. */
export const appendEvent = (
  space: Space,
  { id: conversationId, log, participants }: Conversation,
  { by, author, event }: NewEvent,
): number => {
  const { apiSpaceId, faults, now } = space;
  if (faults.strikes('holes')) {
    faults.count('holes');
    space.commit({ kind: 'hole', conversationId });
  }

  const lagMs = faults.wait('historyLagMs');
  if (lagMs > 0) faults.count('historyLagMs');
  const conversationEventId = log.length;
  const logged: LoggedEvent = {
    eventId: randomUUID(),
    apiSpaceId,
    conversationId,
    conversationEventId,
    ...event,
    context: { createdBy: by },
    publishedOn: new Date(now()).toISOString(),
  };
  space.commit({ kind: 'logged', event: logged, visibleAt: now() + lagMs });
  space.announce(messageEvent(logged), [...participants.keys(), ...(author === undefined ? [] : [author])]);
  return conversationEventId;
};
