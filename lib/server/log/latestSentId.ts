import type { Slot } from '../state/SpaceState.js';

/** The id of the last message that was sent, if one ever was: statuses after it do not count. */
export const latestSentId = (log: readonly Slot[]): number | undefined => {
  for (let id = log.length - 1; id >= 0; id -= 1) {
    if (log[id]?.event?.name === 'conversationMessage.sent') return id;
  }
  return undefined;
};
