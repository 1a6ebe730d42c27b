import type { Observable } from 'rxjs';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { MergedHistory } from '../history/MergedHistory.js';

/** One run through the log of a conversation: live events and paged history merged. */
export interface ConversationLog extends MergedHistory<ConversationMessageEvent> {
  /** Numbered events that have no type in this library, such as `conversationMessage.delete`. Starts no run. */
  readonly others$: Observable<UnknownEvent>;
}
