import type { Draft } from './Draft.js';
import type { Envelope } from './Envelope.js';

/** What the payloads of all lifecycle, participant and typing events begin with. */
interface Origin {
  readonly conversationId: string;
  readonly createdBy?: string;
  readonly timestamp?: string;
}

/**
 * Writes on a payload, while it is being built, who brought the event about and when.
 *
 * The payload itself is written on and given back: copying it would cost more than all the rest of its making.
 */
export const signed = <P extends Draft<Origin>>(
  payload: P,
  { createdBy, meta: { publishedOn } }: Envelope,
): P => {
  if (createdBy !== undefined) payload.createdBy = createdBy;
  if (publishedOn !== undefined) payload.timestamp = publishedOn;
  return payload;
};
