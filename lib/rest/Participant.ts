import * as t from 'io-ts';
import { Id } from '../wire/Id.js';
import { maybe } from '../wire/maybe.js';

/** Somebody who takes part in a conversation. */
export interface Participant {
  /** Profile id. */
  readonly id: string;
  /** `'owner'` or `'participant'`; what the server says is passed on. */
  readonly role?: string;
}

/** A participant as it travels. */
export const ParticipantAnswer = t.intersection(
  [t.type({ id: Id }), t.partial({ role: maybe(t.string) })],
  'ParticipantAnswer',
);
export type ParticipantAnswer = t.TypeOf<typeof ParticipantAnswer>;

export const participant = ({ id, role }: ParticipantAnswer): Participant => ({
  id,
  ...(typeof role === 'string' && { role }),
});
