import { BehaviorSubject, firstValueFrom, timeout, filter } from 'rxjs';
import type { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';
import type { Conversation } from '../../lib/conversation/Conversation.js';
import type { From } from '../../lib/log/startOf.js';

/** Somebody who follows a conversation and keeps all of it. */
export interface Follower {
  readonly events: readonly ConversationMessageEvent[];
  /** Waits until this many have come; rejects when the log ends before, or nothing comes for ten seconds. */
  has(count: number): Promise<void>;
  /** Waits for the end. */
  readonly ended: Promise<void>;
}

export const follow = (conversation: Conversation, from: From = {}): Follower => {
  const events: ConversationMessageEvent[] = [];
  const count$ = new BehaviorSubject(0);
  const ended = new Promise<void>((resolve, reject) => {
    conversation.messageEvents(from).subscribe({
      next: (event) => {
        events.push(event);
        count$.next(events.length);
      },
      error: (error: unknown) => {
        count$.error(error);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
      complete: () => {
        count$.complete();
        resolve();
      },
    });
  });
  ended.catch(() => undefined);

  return {
    events,
    ended,
    has: async (count) => {
      await firstValueFrom(
        count$.pipe(
          timeout({ each: 10_000 }),
          filter((present) => present >= count),
        ),
      );
    },
  };
};
