import type { OperatorFunction } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { HttpRequest, HttpResponse } from '../transport/Http.js';
import { ConversationAnswer, type ConversationDetails, conversationDetails } from './ConversationDetails.js';
import { type Tagged, withTag } from './Tagged.js';

/** Takes an answer for a conversation. */
export const taggedDetails = (
  request: Pick<HttpRequest, 'endpoint'>,
): OperatorFunction<HttpResponse, Tagged<ConversationDetails>> => {
  const decoded = decodedBy(ConversationAnswer, request);
  return withTag((response) => conversationDetails(decoded(response)));
};
