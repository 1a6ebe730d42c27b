import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { Id } from '../wire/Id.js';
import { maybe } from '../wire/maybe.js';
import { objectOf } from '../wire/objectOf.js';
import { Position } from '../wire/Position.js';
import { messageBody } from './messageBody.js';
import type { SentMessage } from './NewMessage.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

export const sendMessage =
  (http: Http): Rest['sendMessage'] =>
  (conversationId, message) => {
    const request = requestTo`POST /conversations/${conversationId}/messages`;
    return http({ ...request, body: messageBody(message) }).pipe(
      map(decodedBy(SentAnswer, request)),
      map(({ id, eventId }): SentMessage => ({ id, ...(typeof eventId === 'number' && { eventId }) })),
    );
  };

const SentAnswer = objectOf({ id: Id }, { eventId: maybe(Position) }, 'SentAnswer');
