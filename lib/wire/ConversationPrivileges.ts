import * as t from 'io-ts';

/** What one role may do in a conversation. */
export interface ConversationPrivileges {
  readonly canSend?: boolean;
  readonly canAddParticipants?: boolean;
  readonly canRemoveParticipants?: boolean;
}

/** Keys that are not named here pass through. */
export const ConversationPrivileges: t.Type<ConversationPrivileges> = t.partial(
  { canSend: t.boolean, canAddParticipants: t.boolean, canRemoveParticipants: t.boolean },
  'ConversationPrivileges',
);
