import * as E from '#fp-ts/Either';
import { ConversationMessageEvent } from '../../wire/event/conversationMessageEvent.js';

/** The bytes of an event in the log: its JSON. */
export const encodeStored = (event: ConversationMessageEvent): Uint8Array =>
  encoder.encode(JSON.stringify(event));

/** The event in those bytes; `undefined` where there is none: others may write to a broker too. */
export const decodeStored = (bytes: Uint8Array): ConversationMessageEvent | undefined => {
  try {
    const decoded = ConversationMessageEvent.decode(JSON.parse(decoder.decode(bytes)));
    return E.isRight(decoded) ? decoded.right : undefined;
  } catch {
    return undefined;
  }
};

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
