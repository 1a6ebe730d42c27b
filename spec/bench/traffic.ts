/** What one line brings on an ordinary day: mostly messages and what happens to them; 580 bytes on average. */
export const traffic = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, id) => JSON.stringify(frame(id)));

const people = ['ann', 'bob', 'carla', 'dan', 'eve'] as const;
const words = 'Who took the map that lay on the bench by the pond, and where is it now? '.repeat(8);

const frame = (id: number): unknown => {
  const profileId = people[id % people.length] ?? 'ann';
  const conversationId = `garden-${id % 7}`;
  const publishedOn = new Date(1_767_600_000_000 + id * 1_000).toISOString();
  const envelope = {
    eventId: `5b0a2f60-0000-4000-8000-${String(id).padStart(12, '0')}`,
    apiSpaceId: '7b4b4b60-1b1e-4b7e-9a3d-0c7d5a1b2c3d',
    context: { createdBy: profileId },
    publishedOn,
  };
  const kind = id % 10;
  if (kind < 5) {
    return {
      ...envelope,
      name: 'conversationMessage.sent',
      payload: {
        messageId: `message-${id}`,
        metadata: { draft: 'none', device: 'phone' },
        context: {
          from: { id: profileId, name: profileId },
          conversationId,
          sentBy: `session:${profileId}`,
          sentOn: publishedOn,
        },
        parts: [{ name: 'body', type: 'text/plain', data: words.slice(0, 40 + (id % 13) * 30), size: 40 }],
        alert: {
          text: `${profileId} wrote`,
          platforms: {
            apns: { alert: `${profileId} wrote`, badge: 1 },
            fcm: { notification: { title: profileId } },
          },
        },
      },
      revision: id,
      conversationEventId: id,
    };
  }
  if (kind < 8) {
    return {
      ...envelope,
      name: kind === 5 ? 'conversationMessage.read' : 'conversationMessage.delivered',
      payload: { messageId: `message-${id - 1}`, conversationId, profileId, timestamp: publishedOn },
      revision: id,
      conversationEventId: id,
    };
  }
  if (kind === 8) {
    return {
      ...envelope,
      name: id % 20 === 8 ? 'conversation.participantTyping' : 'conversation.participantTypingOff',
      payload: { profileId, conversationId, apiSpaceId: envelope.apiSpaceId },
    };
  }
  return {
    ...envelope,
    name: 'conversation.participantAdded',
    payload: { profileId, role: 'participant', conversationId, apiSpaceId: envelope.apiSpaceId },
    conversationId,
  };
};
