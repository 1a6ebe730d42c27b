import * as t from 'io-ts';
import { Id } from './Id.js';

/** Somebody received or read a message. */
export interface MessageStatusUpdatePayload {
  readonly messageId: string;
  readonly conversationId: string;
  /** Who received or read it. */
  readonly profileId: string;
  /** When, ISO 8601. */
  readonly timestamp?: string;
}

export const MessageStatusUpdatePayload: t.Type<MessageStatusUpdatePayload> = t.exact(
  t.intersection([
    t.type({ messageId: Id, conversationId: Id, profileId: Id }),
    t.partial({ timestamp: t.string }),
  ]),
  'MessageStatusUpdatePayload',
);
