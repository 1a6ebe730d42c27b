import { defer, finalize, type MonoTypeOperatorFunction, noop, type Observable, tap } from 'rxjs';
import type { SyncStatus } from '../history/SyncStatus.js';
import { factOf } from '../projection/factOf.js';
import type { LogEvent } from '../feed/splitEvents.js';
import type { DeliverParts } from './deliverFacts.js';

/** Watches one run through a log: the entries as they pass, and how far the run has come. */
export type WatchRun = (
  conversationId: string,
  status$: Observable<SyncStatus>,
) => MonoTypeOperatorFunction<LogEvent>;

/** More of them are marked without waiting: some perhaps for the second time, but none is forgotten. */
const MOST_HELD = 5_000;

/**
 * Marks messages of others as delivered when they come through a log that somebody follows.
 *
 *     log:       -a-b-(a is delivered to me)-c-[live]--d--
 *     marked:    ----------------------------(b c)-----d--
 *
 * Whether a message was delivered before is only known once the log has been read to its end, so nothing is
 * marked while it catches up. When somebody leaves before that, what has come so far is marked.
 */
export const deliverFollowed =
  ({ marks, me }: DeliverParts): WatchRun =>
  (conversationId, status$) =>
  (entries$) =>
    defer(() => {
      const held = new Map<string, string>();
      const { sessions } = marks;
      let isLive = false;

      const release = (): void => {
        const myself = me();
        const messageIds = [...held]
          .filter(([, sender]) => myself !== undefined && sender !== myself)
          .map(([messageId]) => messageId);
        held.clear();
        if (messageIds.length > 0 && marks.sessions === sessions)
          marks.markQuietly({ conversationId, messageIds, status: 'delivered' });
      };

      const see = (entry: LogEvent): void => {
        const fact = factOf(entry);
        if (fact?.kind === 'sent') {
          if (fact.sender !== undefined) held.set(fact.messageId, fact.sender);
          if (isLive || held.size > MOST_HELD) release();
        } else if (fact?.kind === 'status' && fact.profileId === me()) {
          const { messageId, status } = fact;
          held.delete(messageId);
          marks.remember({ conversationId, messageIds: [messageId], status });
        }
      };

      const watching = status$.subscribe({
        next: ({ state }) => {
          isLive = state === 'live';
          if (isLive) release();
        },
        error: noop,
      });

      return entries$.pipe(
        // Only who leaves: when the log ends, so does what could be marked in it.
        tap({ next: see, unsubscribe: release }),
        finalize(() => {
          watching.unsubscribe();
        }),
      );
    });
