import * as t from 'io-ts';
import { maybe } from '../wire/maybe.js';
import { Position } from '../wire/Position.js';
import { ConversationAnswer, conversationDetails, type ConversationDetails } from './ConversationDetails.js';

/** A conversation as it stands in a list. */
export interface ListedConversation extends ConversationDetails {
  /** Id of the latest message event. Status events may be newer; absent where the server says nothing. */
  readonly latestSentEventId?: number;
  readonly participantCount?: number;
  /** When the conversation itself, not its messages, was last changed; ISO 8601. */
  readonly updatedOn?: string;
}

/** An item of the list of conversations as it travels. */
export const ListedAnswer = t.intersection(
  [
    ConversationAnswer,
    t.partial({
      latestSentEventId: maybe(Position),
      participantCount: maybe(t.number),
      _updatedOn: maybe(t.string),
    }),
  ],
  'ListedAnswer',
);
export type ListedAnswer = t.TypeOf<typeof ListedAnswer>;

export const listedConversation = (answer: ListedAnswer): ListedConversation => {
  const { latestSentEventId, participantCount, _updatedOn: updatedOn } = answer;
  return {
    ...conversationDetails(answer),
    ...(typeof latestSentEventId === 'number' && { latestSentEventId }),
    ...(typeof participantCount === 'number' && { participantCount }),
    ...(typeof updatedOn === 'string' && { updatedOn }),
  };
};
