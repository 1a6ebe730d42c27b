import { isObservable, map, type Observable, of } from 'rxjs';
import type { Client } from '../client/Client.js';
import type { Conversations } from './Conversations.js';
import { myConversations, type MyConversationsOptions } from './myConversations.js';

/**
 * The conversations to be followed: a list at once or soon, then each other one.
 *
 * An id that cannot be sent throws: of a list at the call, of an Observable into the result.
 */
export const conversationIds = (
  client: Client,
  conversations: Conversations,
  clock: MyConversationsOptions = {},
): Observable<readonly string[]> => {
  if (conversations === 'mine') return myConversations(client, clock);
  const checked = (ids: readonly string[]): readonly string[] => {
    if (!isList(ids)) throw new TypeError('conversations must be a list of ids.');
    for (const id of ids) client.conversation(id);
    return [...ids];
  };
  return isObservable(conversations) ? conversations.pipe(map(checked)) : of(checked(conversations));
};

const isList = (value: unknown): boolean => Array.isArray(value);
