/** Frames and log entries of one conversation, `garden`, as they travel. */

export interface SentEntry {
  readonly eventId: string;
  readonly name: string;
  readonly conversationId: string;
  readonly conversationEventId: number;
  readonly payload: unknown;
}

/** A message with this position. */
export const sent = (conversationEventId: number, conversationId = 'garden'): SentEntry => ({
  eventId: `e${conversationEventId}`,
  name: 'conversationMessage.sent',
  conversationId,
  conversationEventId,
  payload: { messageId: `m${conversationEventId}`, parts: [{ data: `text ${conversationEventId}` }] },
});

/** A status of a message, by Ann. */
export const status = (
  conversationEventId: number,
  messageId: string,
  name: 'delivered' | 'read' = 'read',
): SentEntry => ({
  eventId: `e${conversationEventId}`,
  name: `conversationMessage.${name}`,
  conversationId: 'garden',
  conversationEventId,
  payload: { messageId, conversationId: 'garden', profileId: 'ann', timestamp: `at ${conversationEventId}` },
});

/** That a message was deleted. */
export const deletedAt = (conversationEventId: number, messageId: string): SentEntry => ({
  ...sent(conversationEventId),
  name: 'conversationMessage.delete',
  payload: { messageId },
});

/** An entry of the log that has no type here. */
export const deletedMessage = (conversationEventId: number): SentEntry => ({
  ...sent(conversationEventId),
  name: 'conversationMessage.delete',
});

/** Messages with these positions. */
export const sentFrom = (from: number, to: number): readonly SentEntry[] =>
  Array.from({ length: to - from + 1 }, (_, index) => sent(from + index));

export const added = (profileId: string, conversationId = 'garden'): object => ({
  name: 'conversation.participantAdded',
  conversationId,
  payload: { profileId },
});

export const removed = (profileId: string, conversationId = 'garden'): object => ({
  name: 'conversation.participantRemoved',
  conversationId,
  payload: { profileId },
});

export const deleted = (conversationId = 'garden'): object => ({
  name: 'conversation.delete',
  conversationId,
});

/** A message of somebody, with who and when. */
export const sentBy = (
  profileId: string,
  conversationEventId: number,
  { conversationId = 'garden', sentOn }: { conversationId?: string; sentOn?: string } = {},
): SentEntry => ({
  ...sent(conversationEventId, conversationId),
  payload: {
    messageId: `m${conversationEventId}`,
    parts: [{ data: `text ${conversationEventId}` }],
    context: {
      from: { id: profileId },
      sentBy: `session:${profileId}`,
      conversationId,
      ...(sentOn !== undefined && { sentOn }),
    },
  },
});

const typingFrame =
  (verb: string) =>
  (profileId: string, conversationId = 'garden'): object => ({
    name: `conversation.${verb}`,
    payload: { profileId, conversationId },
  });

export const typing = typingFrame('participantTyping');
export const typingOff = typingFrame('participantTypingOff');
