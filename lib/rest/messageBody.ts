import type { MessagePart } from '../wire/MessagePart.js';
import type { NewMessage } from './NewMessage.js';

/** What is sent of a new message; a string is one part of plain text. */
export const messageBody = (message: NewMessage): Exclude<NewMessage, string> => {
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
