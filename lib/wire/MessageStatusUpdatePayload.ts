import * as t from 'io-ts';
import { Id } from './Id.js';
import { exactObjectOf } from './objectOf.js';

/** Somebody received or read a message. */
export interface MessageStatusUpdatePayload {
  readonly messageId: string;
  readonly conversationId: string;
  /** Who received or read it. */
  readonly profileId: string;
  /** When, ISO 8601. */
  readonly timestamp?: string;
}

export const MessageStatusUpdatePayload: t.Type<MessageStatusUpdatePayload> = /* @__PURE__ */ exactObjectOf(
  { messageId: Id, conversationId: Id, profileId: Id },
  { timestamp: t.string },
  'MessageStatusUpdatePayload',
);
