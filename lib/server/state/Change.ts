import * as t from 'io-ts';
import { LoggedEvent } from '../log/LoggedEvent.js';
import { Profile } from './Profile.js';
import { Session } from './Session.js';

const Privileges = t.partial({
  canSend: t.boolean,
  canAddParticipants: t.boolean,
  canRemoveParticipants: t.boolean,
});

export const Roles = t.partial({ owner: Privileges, participant: Privileges });

/** What may be changed in a conversation. */
export const Details = t.exact(
  t.intersection([
    t.type({ isPublic: t.boolean, roles: Roles }),
    t.partial({ name: t.string, description: t.string }),
  ]),
);
export type Details = t.TypeOf<typeof Details>;

/**
 * Everything that can happen to what the server knows, as plain data.
 *
 * The state is what these add up to; the journal is a list of them.
 */
export const Change = t.union([
  t.type({ kind: t.literal('secret'), secret: t.string }),
  t.type({
    kind: t.literal('details'),
    conversationId: t.string,
    details: Details,
    by: t.string,
    on: t.string,
  }),
  t.type({ kind: t.literal('presence'), conversationId: t.string, isDeleted: t.boolean }),
  t.type({ kind: t.literal('joined'), conversationId: t.string, profileId: t.string, role: t.string }),
  t.type({ kind: t.literal('left'), conversationId: t.string, profileId: t.string }),
  t.type({ kind: t.literal('hole'), conversationId: t.string }),
  t.type({ kind: t.literal('logged'), event: LoggedEvent, visibleAt: t.number }),
  t.type({ kind: t.literal('profile'), profile: Profile }),
  t.type({ kind: t.literal('session'), session: Session }),
  t.type({ kind: t.literal('session-over'), sessionId: t.string }),
]);
export type Change = t.TypeOf<typeof Change>;
