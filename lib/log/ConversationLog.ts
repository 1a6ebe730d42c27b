import type { Observable } from 'rxjs';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { MergedHistory } from '../history/MergedHistory.js';

/** One run through the log of a conversation, live events and paged history as one. */
export interface ConversationLog extends MergedHistory<ConversationMessageEvent> {
  /** Numbered events without a type here, such as `conversationMessage.delete`. Creates no demand. */
  readonly others$: Observable<UnknownEvent>;
}
