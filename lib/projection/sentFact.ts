import { isJsonObject } from '../wire/JsonObject.js';
import type { Message } from './Message.js';
import type { MessageContext } from './messageContext.js';
import { type Place, placeAt, type SentFact } from './MessageFact.js';

/** What is said of a message, as it was said. */
export interface SentWords extends MessageContext {
  readonly messageId: string;
  readonly place?: Place | undefined;
  readonly parts?: Message['parts'] | undefined;
  readonly metadata?: unknown;
}

/** Makes the fact of it: the same message is the same fact, whether an event, a page or an answer tells of it. */
export const sentFact = ({ messageId, place, sender, sentOn, parts, metadata }: SentWords): SentFact => ({
  kind: 'sent',
  messageId,
  ...(place && { place }),
  ...(sender !== undefined && { sender }),
  ...(sentOn !== undefined && { sentOn }),
  ...(parts && { parts }),
  ...(isSomething(metadata) && { metadata }),
});

/** What a message that is shown was made of. */
export const sentFactOf = ({ id: messageId, sentEventId, ...content }: Message): SentFact =>
  sentFact({ ...content, messageId, place: sentEventId === undefined ? undefined : placeAt(sentEventId) });

/** Whether there is metadata at all: pages have `{}` for messages that were sent without, and events may have. */
export const isSomething = (metadata: unknown): boolean =>
  metadata !== undefined &&
  metadata !== null &&
  !(isJsonObject(metadata) && Object.keys(metadata).length === 0);
