import * as t from 'io-ts';
import { ConversationPrivileges } from './ConversationPrivileges.js';

/** The privileges of the two roles in a conversation. */
export interface ConversationRoles {
  readonly owner?: ConversationPrivileges;
  readonly participant?: ConversationPrivileges;
}

/** Keys that are not named here pass through. */
export const ConversationRoles: t.Type<ConversationRoles> = t.partial(
  { owner: ConversationPrivileges, participant: ConversationPrivileges },
  'ConversationRoles',
);
