import { messageContext } from '../projection/messageContext.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { AutoDeliverParts } from './autoDeliver.js';

/**
 * Marks a message of somebody else as delivered when it comes by the line, whether its conversation is followed or not.
 *
 * What I have marked elsewhere comes by the line as well, and is remembered.
 *
 * @see autoDeliver, which does it for what comes through a log, what was missed included.
 */
export const deliverHeard =
  ({ marks, me }: AutoDeliverParts) =>
  (event?: ComapiEvent | UnknownEvent): void => {
    const myself = me();
    if (event === undefined || myself === undefined) return;
    if (!('type' in event) || event.type !== 'conversationMessageEvent') return;
    const { conversationId, name, payload } = event.payload;
    const messageIds = [payload.messageId];
    if (name === 'conversationMessage.sent') {
      const { sender } = messageContext(payload.context);
      if (sender === undefined || sender === myself) return;
      marks.markQuietly({ conversationId, messageIds, status: 'delivered' });
    } else if (payload.profileId === myself) {
      const status = name === 'conversationMessage.read' ? 'read' : 'delivered';
      marks.remember({ conversationId, messageIds, status });
    }
  };
