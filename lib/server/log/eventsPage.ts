import { withoutFields } from '../faults/withoutFields.js';
import { messageEvent } from '../sockets/frames.js';
import type { Space } from '../Space.js';
import type { Conversation } from '../state/SpaceState.js';
import { pageSize } from './pageSize.js';
import { isVisible } from './isVisible.js';

export interface EventsQuery {
  /** The lowest id that may be in the page. */
  readonly from: number;
  readonly limit: number;
}

/** A page forward: the lowest events at or after `from` that can be seen now, ascending. */
export const eventsPage = (
  { faults, now }: Space,
  { log }: Conversation,
  { from, limit }: EventsQuery,
): readonly unknown[] => {
  const visible = log.slice(from).filter(isVisible(now()));
  return visible
    .slice(0, pageSize(faults, { limit, available: visible.length }))
    .map(({ event }) => ({ ...messageEvent(event), conversationId: event.conversationId }))
    .map((event) => withoutFields(event, faults, ['context', 'publishedOn']));
};
