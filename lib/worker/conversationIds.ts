import { isObservable, map, noop, type Observable, of, ReplaySubject, share } from 'rxjs';
import type { Client } from '../client/Client.js';
import type { Conversations } from './Conversations.js';
import { myConversations, type MyConversationsOptions } from './myConversations.js';

/** The conversations to be followed. */
export interface ConversationIds {
  /** A list at once or soon, then each other one. */
  readonly ids$: Observable<readonly string[]>;
  /** To be called when the run is over, whether it came to follow anything or not. */
  readonly release: () => void;
}

/**
 * Prepares the lists of conversations for a run. An Observable is listened to from now on, and its newest list is
 * held: a run takes a moment to begin, and what is told meanwhile may not be told again.
 *
 * An id that cannot be sent throws: of a list at the call, of an Observable into the result.
 */
export const conversationIds = (
  client: Client,
  conversations: Conversations,
  clock: MyConversationsOptions = {},
): ConversationIds => {
  if (conversations === 'mine') return { ids$: myConversations(client, clock), release: noop };
  const checked = (ids: readonly string[]): readonly string[] => {
    if (!isList(ids)) throw new TypeError('conversations must be a list of ids.');
    for (const id of ids) client.conversation(id);
    return [...ids];
  };
  if (!isObservable(conversations)) return { ids$: of(checked(conversations)), release: noop };
  const ids$ = conversations.pipe(
    map(checked),
    share({ connector: () => new ReplaySubject(1), resetOnComplete: false, resetOnError: false }),
  );
  // Its error is for the run.
  const holding = ids$.subscribe({ error: noop });
  return {
    ids$,
    release: () => {
      holding.unsubscribe();
    },
  };
};

const isList = (value: unknown): boolean => Array.isArray(value);
