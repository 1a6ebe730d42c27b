import {
  catchError,
  defaultIfEmpty,
  defer,
  EMPTY,
  filter,
  ignoreElements,
  type Observable,
  type ObservableInput,
  type SchedulerLike,
  take,
  tap,
  timeout,
} from 'rxjs';
import { clampDelay } from '../stream/backoff.js';
import type { SessionStore } from './SessionStore.js';
import { StoredSession } from './StoredSession.js';

export interface GuardStoreOptions {
  /** Without one, a session is not found again. */
  readonly store: SessionStore | undefined;
  readonly apiSpaceId: string;
  /** How long a store may take, in ms. */
  readonly timeoutMs: number;
  readonly scheduler: SchedulerLike;
}

/** A store that cannot fail: it gives nothing instead, and loses what it cannot keep. */
export interface GuardedStore {
  /**
   * The session from before this start, at most once: after a login or an end whatever still lies there is older
   * than what the client knows. `undefined` when there is none.
   */
  takeEarlier(): Observable<StoredSession | undefined>;
  /** Completes when the session is kept, or when it is clear that it will not be. */
  save(session: StoredSession | undefined): Observable<never>;
}

/** Stands between a session and a store that somebody else wrote and that others write to. */
export const guardStore = ({ store, apiSpaceId, timeoutMs, scheduler }: GuardStoreOptions): GuardedStore => {
  let isTaken = false;

  const answered = <A>(ask: () => ObservableInput<A> | undefined): Observable<A> =>
    defer(() => ask() ?? EMPTY).pipe(
      take(1),
      timeout({ first: clampDelay(timeoutMs), scheduler }),
      // Whatever went wrong, there is still the login.
      catchError(() => EMPTY),
    );

  return {
    takeEarlier: () =>
      answered(() => (isTaken ? EMPTY : store?.load(apiSpaceId))).pipe(
        filter(StoredSession.is),
        tap({ complete: () => (isTaken = true) }),
        defaultIfEmpty(undefined),
      ),
    save: (session) => answered(() => store?.save(apiSpaceId, session)).pipe(ignoreElements()),
  };
};
