import { randomUUID } from 'node:crypto';
import { appendEvent } from '../log/appendEvent.js';
import type { MessageContent } from '../log/LoggedEvent.js';
import { Refusal } from '../Refusal.js';
import type { Space } from '../Space.js';
import type { Profile } from '../state/Profile.js';
import type { Conversation } from '../state/SpaceState.js';

export interface SentMessage {
  readonly messageId: string;
  readonly conversationEventId: number;
}

/** Sends a message. Its sender hears of it too, on all devices. */
export const sendMessage = (
  space: Space,
  conversation: Conversation,
  { from, content }: { readonly from: string; readonly content: MessageContent },
): SentMessage => {
  const messageId = randomUUID();
  const sentBy = `session:${from}`;
  const context = {
    from: sender(from, space.state.profiles.get(from)?.profile),
    conversationId: conversation.id,
    sentBy,
    sentOn: new Date(space.now()).toISOString(),
  };
  const { parts, ...rest } = content;
  const payload = { messageId, ...rest, context, parts };
  const conversationEventId = appendEvent(space, conversation, {
    by: sentBy,
    author: from,
    event: { name: 'conversationMessage.sent', payload },
  });
  return { messageId, conversationEventId };
};

export interface StatusUpdate {
  readonly messageId: string;
  readonly profileId: string;
  readonly status: 'delivered' | 'read';
  /** ISO 8601. Default: now. */
  readonly timestamp?: string | undefined;
}

/** Notes that a message was delivered or read, as often as it is said. */
export const setStatus = (
  space: Space,
  conversation: Conversation,
  { messageId, profileId, status, timestamp = new Date(space.now()).toISOString() }: StatusUpdate,
): number => {
  expectMessage(conversation, messageId);
  const payload = { messageId, conversationId: conversation.id, profileId, timestamp };
  return appendEvent(space, conversation, {
    by: profileId,
    author: profileId,
    event: { name: `conversationMessage.${status}`, payload },
  });
};

/** Deletes a message: the log says so from now on, and still has it. */
export const deleteMessage = (
  space: Space,
  conversation: Conversation,
  { messageId, by }: { readonly messageId: string; readonly by: string },
): number => {
  expectMessage(conversation, messageId);
  const payload = { messageId, date: new Date(space.now()).toISOString(), by };
  return appendEvent(space, conversation, { by, event: { name: 'conversationMessage.delete', payload } });
};

/** Refuses what speaks of a message that was never sent in this conversation. */
export const expectMessage = ({ sentIds }: Conversation, messageId: string): void => {
  if (!sentIds.has(messageId)) throw new Refusal(400, 'The message does not exist in this conversation.');
};

const sender = (
  id: string,
  profile: Profile | undefined,
): { id: string; name?: string; avatarUrl?: string } => {
  const name = profile?.['name'];
  const avatarUrl = profile?.['avatarUrl'];
  return {
    id,
    ...(typeof name === 'string' && { name }),
    ...(typeof avatarUrl === 'string' && { avatarUrl }),
  };
};
