import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import { factOf } from '../projection/factOf.js';
import { deliverFacts, type DeliverParts } from './deliverFacts.js';

/**
 * Marks a message of somebody else as delivered when it comes by the line, whether its conversation is followed or not.
 *
 * What I have marked elsewhere comes by the line as well, and is remembered.
 *
 * @see deliverFollowed, which does it for what comes through a log, what was missed included.
 */
export const deliverHeard =
  (parts: DeliverParts) =>
  (event?: ComapiEvent | UnknownEvent): void => {
    if (event === undefined || !('type' in event) || event.type !== 'conversationMessageEvent') return;
    const fact = factOf(event.payload);
    if (fact !== undefined) deliverFacts(event.payload.conversationId, [fact], parts);
  };
