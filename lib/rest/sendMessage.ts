import * as t from 'io-ts';
import { map } from 'rxjs';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { Id } from '../wire/Id.js';
import { maybe } from '../wire/maybe.js';
import type { MessagePart } from '../wire/MessagePart.js';
import { Position } from '../wire/Position.js';
import type { NewMessage, SentMessage } from './NewMessage.js';
import { pathOf } from './pathOf.js';
import type { Rest } from './Rest.js';

export const sendMessage =
  (http: Http): Rest['sendMessage'] =>
  (conversationId, message) =>
    http({ ...REQUEST, path: pathOf`/conversations/${conversationId}/messages`, body: bodyOf(message) }).pipe(
      map(decodedBy(SentAnswer, REQUEST)),
      map(({ id, eventId }): SentMessage => ({ id, ...(typeof eventId === 'number' && { eventId }) })),
    );

const REQUEST = { method: 'POST', endpoint: 'POST /conversations/{id}/messages' } as const;

const SentAnswer = t.intersection(
  [t.type({ id: Id }), t.partial({ eventId: maybe(Position) })],
  'SentAnswer',
);

const bodyOf = (message: NewMessage): Exclude<NewMessage, string> => {
  if (typeof message === 'string') return { metadata: {}, parts: [plainText(message)] };
  const { metadata = {}, parts, alert } = message;
  return { metadata, parts, alert };
};

const plainText = (data: string): MessagePart => ({
  name: 'body',
  type: 'text/plain',
  data,
  size: new TextEncoder().encode(data).length,
});
