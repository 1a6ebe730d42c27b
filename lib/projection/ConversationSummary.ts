import type { ListedConversation } from '../rest/ListedConversation.js';
import type { Message } from './Message.js';

/** A conversation as it stands in the live list of them. */
export interface ConversationSummary extends ListedConversation {
  /** Known for the conversations at the top, and for those in which something happened since. */
  readonly latestMessage?: Message;
  /**
   * How many messages of others I have not read, among the latest of the conversation: those of the newest page,
   * and what came since, a thousand at most. Undefined where that page was not read, or nobody knows who I am.
   */
  readonly unread?: number;
}
