import * as t from 'io-ts';
import type * as E from '#fp-ts/Either';

const Status = t.type({
  messageId: t.string,
  conversationId: t.string,
  profileId: t.string,
  timestamp: t.string,
});
const Somebody = t.type({ profileId: t.string, conversationId: t.string });
const Part = t.partial({ name: t.string, type: t.string, url: t.string, data: t.string, size: t.number });
const Sent = t.intersection([
  t.type({ messageId: t.string }),
  t.partial({ metadata: t.unknown, context: t.unknown, parts: t.array(Part), alert: t.unknown }),
]);
const Entry = { eventId: t.string, conversationEventId: t.number, publishedOn: t.string };

/** The same frames as io-ts is usually written: a union of types, tagged by a literal, and `decode`. */
const Frame = t.union([
  t.type({ ...Entry, name: t.literal('conversationMessage.sent'), payload: Sent }),
  t.type({ ...Entry, name: t.literal('conversationMessage.delivered'), payload: Status }),
  t.type({ ...Entry, name: t.literal('conversationMessage.read'), payload: Status }),
  t.type({ name: t.literal('conversation.participantTyping'), payload: Somebody }),
  t.type({ name: t.literal('conversation.participantTypingOff'), payload: Somebody }),
  t.type({ name: t.literal('conversation.participantAdded'), payload: Somebody }),
]);

export const decodeWithIoTs = (text: string): E.Either<t.Errors, unknown> => Frame.decode(JSON.parse(text));
