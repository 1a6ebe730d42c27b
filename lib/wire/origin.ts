import type { Draft } from './Draft.js';
import type { Envelope } from './Envelope.js';

/** Where an event of a conversation comes from. */
export interface Origin {
  readonly conversationId: string;
  readonly createdBy?: string;
  readonly timestamp?: string;
}

/** The fields that the payloads of all lifecycle, participant and typing events begin with. */
export const origin = ({
  conversationId,
  createdBy,
  meta: { publishedOn },
}: Envelope & { readonly conversationId: string }): Origin => {
  const from: Draft<Origin> = { conversationId };
  if (createdBy !== undefined) from.createdBy = createdBy;
  if (publishedOn !== undefined) from.timestamp = publishedOn;
  return from;
};
