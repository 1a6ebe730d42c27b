import * as t from 'io-ts';
import { ConversationRoles } from '../wire/ConversationRoles.js';
import { Id } from '../wire/Id.js';
import { maybe } from '../wire/maybe.js';
import { objectOf } from '../wire/objectOf.js';

/** What is known about a conversation besides its messages and its people. */
export interface ConversationDetails {
  /** Chosen by whoever creates the conversation: any string. */
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly roles?: ConversationRoles;
  /** Whether everybody in the API space may find and join it. */
  readonly isPublic?: boolean;
}

/** A conversation as it travels. */
export const ConversationAnswer = objectOf(
  { id: Id },
  {
    name: maybe(t.string),
    description: maybe(t.string),
    roles: maybe(ConversationRoles),
    isPublic: maybe(t.boolean),
  },
  'ConversationAnswer',
);

/** What makes sense of something with an id. */
export const conversationDetails = ({
  id,
  name,
  description,
  roles,
  isPublic,
}: { readonly [K in keyof ConversationDetails]?: unknown } & {
  readonly id: string;
}): ConversationDetails => ({
  id,
  ...(typeof name === 'string' && { name }),
  ...(typeof description === 'string' && { description }),
  ...(ConversationRoles.is(roles) && { roles }),
  ...(typeof isPublic === 'boolean' && { isPublic }),
});
