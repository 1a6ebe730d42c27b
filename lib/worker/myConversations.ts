import {
  asyncScheduler,
  defer,
  EMPTY,
  filter,
  first,
  ignoreElements,
  map,
  merge,
  type Observable,
  retry,
  type SchedulerLike,
  startWith,
  Subject,
  switchMap,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs';
import type { Client } from '../client/Client.js';
import { ComapiError } from '../fault/ComapiError.js';
import { clampDelay, fullJitter } from '../stream/backoff.js';
import { currentOf } from '../stream/currentOf.js';

export interface MyConversationsOptions {
  readonly scheduler?: SchedulerLike;
  readonly random?: () => number;
}

/** How often the list is asked for without a reason: an event of the line may get lost and leave no trace. */
const LIST_EVERY_MS = 60_000;

/**
 * The conversations that my profile takes part in: all of them as soon as the server has listed them, then the
 * list anew with each one that I am added to or removed from.
 *
 * The list is asked for when it starts, each time the line is back, when a conversation is undeleted, and once a
 * minute; and only while the client is enabled. What events say while it is under way counts more than the answer.
 * A failed request is repeated.
 *
 *     list:      --(a,b)-----------(b,d)      line lost and back before
 *     events:    --------c added-------
 *     result:    --(ab)--(abc)------(bd)
 *
 * An id that no URL can hold, such as `..`, is left out: nobody could read that conversation.
 *
 * @returns Wants the line. Completes with `close()`; errors with the verdict that ends the line, when the list
 * is refused for good, and with a `TypeError` when there is no telling who I am.
 */
export const myConversations = (
  client: Client,
  { scheduler = asyncScheduler, random = Math.random }: MyConversationsOptions = {},
): Observable<readonly string[]> =>
  defer(() => {
    const mine = new Set<string>();
    // What was said since the list was asked for.
    const news = new Map<string, boolean>();
    const changes = new Subject<void>();
    const over$ = new Subject<void>();
    let isListed = false;

    const note = (conversationId: string, isMine: boolean): void => {
      if (!canBeSent(client, conversationId)) return;
      news.set(conversationId, isMine);
      if (isMine) mine.add(conversationId);
      else mine.delete(conversationId);
      if (isListed) changes.next();
    };
    const isMe = (profileId: string): boolean => profileId === currentOf(client.me$);

    // There is demand for the line, so it is idle only while the client is not enabled, and then nothing is asked.
    const enabled$ = client.status$.pipe(first(({ state }) => state !== 'idle' && state !== 'closing'));
    const read$ = enabled$.pipe(
      switchMap(() => {
        news.clear();
        return client.rest.listConversations({ scope: 'participant' });
      }),
      retry({
        delay: (error: unknown, attempt) => {
          // The streams of the client complete in a moment.
          if (isClosed(error)) return EMPTY;
          if (!isPassing(error)) return throwError(() => error);
          const delayMs = fullJitter({ attempt, initialDelayMs: 500, maxDelayMs: 30_000, random });
          return timer(clampDelay(Math.max(delayMs, error.fault.retryAfterMs ?? 0)), scheduler);
        },
      }),
      tap((list) => {
        if (currentOf(client.me$) === undefined) throw new TypeError(WHO_AM_I);
        mine.clear();
        for (const { id } of list) if (canBeSent(client, id)) mine.add(id);
        for (const [id, isMine] of news) note(id, isMine);
        isListed = true;
        changes.next();
      }),
      ignoreElements(),
    );

    const events$ = merge(
      client.participantAdded$.pipe(
        tap(({ conversationId, profileId }) => {
          if (isMe(profileId)) note(conversationId, true);
        }),
      ),
      client.participantRemoved$.pipe(
        tap(({ conversationId, profileId }) => {
          if (isMe(profileId)) note(conversationId, false);
        }),
      ),
      client.conversationDeleted$.pipe(
        tap(({ conversationId }) => {
          note(conversationId, false);
        }),
      ),
    ).pipe(
      ignoreElements(),
      tap({
        complete: () => {
          over$.next();
        },
      }),
    );

    const lists$ = merge(client.reconnected$, client.conversationUndeleted$).pipe(
      startWith(undefined),
      switchMap(() =>
        timer(0, LIST_EVERY_MS, scheduler).pipe(
          // Asked at once, not in a moment: only the later ones are on the clock.
          filter((count) => count > 0),
          startWith(0),
          switchMap(() => read$),
        ),
      ),
    );

    return merge(changes.pipe(map(() => [...mine])), events$, lists$).pipe(takeUntil(over$));
  });

const canBeSent = (client: Client, id: string): boolean => {
  try {
    client.conversation(id);
    return true;
  } catch {
    return false;
  }
};

const WHO_AM_I =
  "'mine' needs to know who I am: pass the option profileId to createClient, or log in with authenticate.";

const PASSING: readonly string[] = ['rate-limited', 'http', 'network', 'timeout', 'invalid-response'];

const isClosed = (error: unknown): boolean => error instanceof ComapiError && error.code === 'closed';

const isPassing = (error: unknown): error is ComapiError =>
  error instanceof ComapiError && PASSING.includes(error.code);
