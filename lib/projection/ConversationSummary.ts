import type { ListedConversation } from '../rest/ListedConversation.js';
import type { Message } from './Message.js';

/** A conversation in the live list, `conversations$`. */
export interface ConversationSummary extends ListedConversation {
  /** Known for the first twenty conversations, and for those in which something was said since. */
  readonly latestMessage?: Message;
  /**
   * How many messages of others I have not read: in the newest page and since, up to a thousand. Undefined where that
   * page was not read, or my profile id is unknown.
   */
  readonly unread?: number;
}
