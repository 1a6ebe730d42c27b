import * as t from 'io-ts';

const Common = t.type({
  eventId: t.string,
  apiSpaceId: t.string,
  conversationId: t.string,
  conversationEventId: t.number,
  context: t.type({ createdBy: t.string }),
  publishedOn: t.string,
});

const Part = t.partial({ name: t.string, type: t.string, url: t.string, data: t.string, size: t.number });

/** What somebody sends: the body of the request. */
export const MessageContent = t.exact(
  t.intersection([
    t.type({ parts: t.readonlyArray(Part) }),
    t.partial({ metadata: t.unknown, alert: t.unknown }),
  ]),
);
export type MessageContent = t.TypeOf<typeof MessageContent>;

const Sender = t.intersection([t.type({ id: t.string }), t.partial({ name: t.string, avatarUrl: t.string })]);

const SentPayload = t.intersection([
  t.type({
    messageId: t.string,
    context: t.type({ from: Sender, conversationId: t.string, sentBy: t.string, sentOn: t.string }),
    parts: t.readonlyArray(Part),
  }),
  t.partial({ metadata: t.unknown, alert: t.unknown }),
]);

const StatusPayload = t.type({
  messageId: t.string,
  conversationId: t.string,
  profileId: t.string,
  timestamp: t.string,
});

const DeletePayload = t.type({ messageId: t.string, date: t.string, by: t.string });

export const SentEvent = t.intersection([
  Common,
  t.type({ name: t.literal('conversationMessage.sent'), payload: SentPayload }),
]);
export type SentEvent = t.TypeOf<typeof SentEvent>;

/** One entry in the log of a conversation. */
export const LoggedEvent = t.union([
  SentEvent,
  t.intersection([
    Common,
    t.type({
      name: t.union([t.literal('conversationMessage.delivered'), t.literal('conversationMessage.read')]),
      payload: StatusPayload,
    }),
  ]),
  t.intersection([Common, t.type({ name: t.literal('conversationMessage.delete'), payload: DeletePayload })]),
]);
export type LoggedEvent = t.TypeOf<typeof LoggedEvent>;
