import { z } from 'zod';

const Status = z.object({
  messageId: z.string(),
  conversationId: z.string(),
  profileId: z.string(),
  timestamp: z.string(),
});
const Somebody = z.object({ profileId: z.string(), conversationId: z.string() });
const Part = z.object({
  name: z.string().optional(),
  type: z.string().optional(),
  url: z.string().optional(),
  data: z.string().optional(),
  size: z.number().optional(),
});
const Sent = z.object({
  messageId: z.string(),
  metadata: z.unknown(),
  context: z.unknown(),
  parts: z.array(Part).optional(),
  alert: z.unknown(),
});
const entry = { eventId: z.string(), conversationEventId: z.number(), publishedOn: z.string() };

const Frame = z.discriminatedUnion('name', [
  z.object({ ...entry, name: z.literal('conversationMessage.sent'), payload: Sent }),
  z.object({ ...entry, name: z.literal('conversationMessage.delivered'), payload: Status }),
  z.object({ ...entry, name: z.literal('conversationMessage.read'), payload: Status }),
  z.object({ name: z.literal('conversation.participantTyping'), payload: Somebody }),
  z.object({ name: z.literal('conversation.participantTypingOff'), payload: Somebody }),
  z.object({ name: z.literal('conversation.participantAdded'), payload: Somebody }),
]);

// As on a page with a strict content policy: zod compiles its checks with `new Function` where it may.
z.config({ jitless: true });

/** The same frames as zod is usually written. */
export const decodeWithZod = (text) => Frame.safeParse(JSON.parse(text));
