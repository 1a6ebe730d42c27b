import * as t from 'io-ts';
import { maybe } from '../wire/maybe.js';
import { Position } from '../wire/Position.js';
import { ConversationAnswer, conversationDetails, type ConversationDetails } from './ConversationDetails.js';
import type { Message } from './Message.js';

/** A conversation as it stands in a list. */
export interface ConversationSummary extends ConversationDetails {
  /** Id of the latest message event. Status events may be newer; absent where the server says nothing. */
  readonly latestSentEventId?: number;
  readonly participantCount?: number;
  /** When the conversation itself, not its messages, was last changed; ISO 8601. */
  readonly updatedOn?: string;
  /** Known to `conversations$` only, for the conversations at the top. */
  readonly latestMessage?: Message;
  /** Known to `conversations$` only: how many messages of others I have not read. */
  readonly unread?: number;
}

/** An item of the list of conversations as it travels. */
export const SummaryAnswer = t.intersection(
  [
    ConversationAnswer,
    t.partial({
      latestSentEventId: maybe(Position),
      participantCount: maybe(t.number),
      _updatedOn: maybe(t.string),
    }),
  ],
  'SummaryAnswer',
);
export type SummaryAnswer = t.TypeOf<typeof SummaryAnswer>;

export const conversationSummary = (answer: SummaryAnswer): ConversationSummary => {
  const { latestSentEventId, participantCount, _updatedOn: updatedOn } = answer;
  return {
    ...conversationDetails(answer),
    ...(typeof latestSentEventId === 'number' && { latestSentEventId }),
    ...(typeof participantCount === 'number' && { participantCount }),
    ...(typeof updatedOn === 'string' && { updatedOn }),
  };
};
