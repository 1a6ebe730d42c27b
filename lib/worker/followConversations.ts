import { type Observable, Subscription } from 'rxjs';

export interface FollowConversationsOptions {
  /** Each list replaces the one before. */
  readonly ids$: Observable<readonly string[]>;
  /** When it aborts, all are left. */
  readonly until: AbortSignal;
  /**
   * Works on one conversation. Resolves when there is no more to do, and soon after `signal` has aborted: the
   * conversation is left, or everything is.
   */
  readonly follow: (conversationId: string, signal: AbortSignal) => Promise<void>;
}

/** The conversations that are being followed. */
export interface Following {
  readonly ids: Iterable<string>;
  /**
   * Resolves when there is no list any more and none is followed, or soon after `until`. Rejects as soon as one
   * of them, or the lists, fail; the others are left.
   */
  readonly ended: Promise<void>;
}

interface Followed {
  readonly left: AbortController;
  /** It is on the list again, while what was under way has not come to its end yet. */
  isWantedAgain: boolean;
}

/**
 * Follows the conversations of a list that changes: those that are new begin, those that are gone are left.
 *
 * One that is left and comes back begins anew only when its former run is over: two never work on the same one.
 * One that has ended by itself begins anew with the next list that names it.
 */
export const followConversations = ({ ids$, until, follow }: FollowConversationsOptions): Following => {
  const followed = new Map<string, Followed>();

  const ended = new Promise<void>((resolve, reject) => {
    if (until.aborted) {
      resolve();
      return;
    }
    let hasList = true;

    const begin = (id: string): void => {
      const entry: Followed = { left: new AbortController(), isWantedAgain: false };
      followed.set(id, entry);
      follow(id, entry.left.signal).then(() => {
        followed.delete(id);
        if (entry.isWantedAgain) begin(id);
        endIfDone();
      }, fail);
    };
    const leave = (entry: Followed): void => {
      entry.isWantedAgain = false;
      entry.left.abort();
    };
    const take = (ids: readonly string[]): void => {
      const wanted = new Set(ids);
      for (const [id, entry] of followed) if (!wanted.has(id)) leave(entry);
      for (const id of wanted) {
        const entry = followed.get(id);
        if (entry === undefined) begin(id);
        else if (entry.left.signal.aborted) entry.isWantedAgain = true;
      }
    };
    const end = (): void => {
      hasList = false;
      lists.unsubscribe();
      until.removeEventListener('abort', end);
      for (const entry of followed.values()) leave(entry);
      endIfDone();
    };
    const fail = (error: unknown): void => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- Passed on as it came.
      reject(error);
      end();
    };
    const endIfDone = (): void => {
      if (!hasList && followed.size === 0) resolve();
    };

    until.addEventListener('abort', end);
    const lists = new Subscription();
    lists.add(
      ids$.subscribe({
        next: take,
        error: fail,
        complete: () => {
          hasList = false;
          endIfDone();
        },
      }),
    );
  });

  return { ids: { [Symbol.iterator]: () => followed.keys() }, ended };
};
