import type { Message } from '../projection/Message.js';
import type { ListedConversation } from '../rest/ListedConversation.js';

/** A conversation as it stands in the live list of them. */
export interface ConversationSummary extends ListedConversation {
  /** Known for the conversations at the top, and for those in which something happened since. */
  readonly latestMessage?: Message;
  /** How many messages of others I have not read; known where `latestMessage` is. */
  readonly unread?: number;
}
