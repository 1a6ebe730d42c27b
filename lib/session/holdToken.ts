import {
  BehaviorSubject,
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  ignoreElements,
  map,
  NEVER,
  type Observable,
  of,
  type SchedulerLike,
  Subject,
  switchMap,
  tap,
  throwError,
} from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import type { AttemptContext } from '../transport/AttemptContext.js';
import { createFlights } from './createFlights.js';
import type { Grant } from './Grant.js';
import { renewAt } from './renewAt.js';
import { tokenClaims } from './tokenClaims.js';
import type { Tokens } from './Tokens.js';
import { unlessEnded } from './unlessEnded.js';

export interface HoldTokenOptions {
  /** Gets a new token. `previous` is the one that is expired, refused or due for renewal. */
  readonly obtain: (context: AttemptContext, previous: Grant | undefined) => Observable<Grant>;
  /** Tells the world that the token is given up. Its values are ignored, and it never errors. */
  readonly release: (held: Grant | undefined) => Observable<unknown>;
  /** Who is logged in, where no session says so. */
  readonly profileId?: string | undefined;
  readonly scheduler: SchedulerLike;
}

/** All of {@link Tokens} that does not depend on where tokens come from. */
export interface TokenHolder extends Omit<Tokens, 'forAttempt'> {
  /** Obtains a token anew, whether there is one or not; whoever needs one meanwhile joins in. */
  ask(context: AttemptContext): Observable<string>;
}

interface Held extends Grant {
  readonly isRefused?: true;
}

/**
 * Holds one token and obtains it at most once at a time.
 *
 * A token that is due for renewal is still given out where the renewal fails: it works until it expires.
 */
export const holdToken = ({ obtain, release, profileId, scheduler }: HoldTokenOptions): TokenHolder => {
  // One login for all users of a client: this state is shared on purpose.
  const held$ = new BehaviorSubject<Held | undefined>(undefined);
  const ended$ = new Subject<void>();
  const flights = createFlights<Held>();

  const works = (held: Held | undefined): held is Held =>
    held !== undefined && held.isRefused !== true && scheduler.now() < (held.expiresAt ?? Infinity);

  const launch = (context: AttemptContext): Observable<Held> =>
    flights.launch(
      defer(() => obtain(context, held$.value)).pipe(
        tap((grant) => held$.next(grant)),
        unlessEnded(ended$),
      ),
    );

  const join = (): Observable<Held> =>
    flights.underWay() ?? launch({ attempt: 1, reason: reasonAfter(held$.value) });

  const keepAfter = (error: unknown): Observable<Held> => {
    const held = held$.value;
    if (isFinal(error) || !works(held)) return throwError(() => error);
    const now = scheduler.now();
    const restMs = (held.expiresAt ?? Infinity) - now;
    held$.next({ ...held, renewAt: now + Math.max(1_000, restMs / 2) });
    return of(held);
  };

  const present = (): Observable<string> =>
    defer(() => {
      const held = held$.value;
      if (!works(held)) return join();
      if (scheduler.now() < (held.renewAt ?? Infinity)) return of(held);
      return join().pipe(catchError(keepAfter));
    }).pipe(map(({ token }) => token));

  const renew$ = present().pipe(
    // What is worth another try is tried when the next one asks.
    catchError((error: unknown) => (isRefusal(error) ? throwError(() => error) : EMPTY)),
  );

  return {
    present,
    ask: (context) => launch(context).pipe(map(({ token }) => token)),
    refuse: (token) => {
      const held = held$.value;
      // A late 401 for an older token says nothing about this one.
      if (held?.token === token) held$.next({ ...held, isRefused: true });
    },
    sessionIdOf: (token) => (held$.value?.token === token ? held$.value.session?.sessionId : undefined),
    // `defer` hides the holder, whose value would be seen by whoever inspects the stream.
    profileId$: defer(() =>
      held$.pipe(
        map((held) => held?.session?.profileId ?? profileId ?? (held && tokenClaims(held.token).sub)),
        distinctUntilChanged(),
      ),
    ),
    renewals$: defer(() =>
      held$.pipe(
        switchMap((held) =>
          works(held) && held.renewAt !== undefined ? renewAt(held.renewAt, { renew$, scheduler }) : NEVER,
        ),
      ),
    ),
    ended$: ended$.asObservable(),
    end: () =>
      defer(() => {
        const held = held$.value;
        held$.next(undefined);
        ended$.next();
        return concat(release(held).pipe(ignoreElements()), of(undefined));
      }),
  };
};

const reasonAfter = (held: Held | undefined): AttemptContext['reason'] => {
  if (held === undefined) return 'first';
  return held.isRefused === true ? 'unauthorized' : 'expired';
};

const isRefusal = (error: unknown): boolean => faultOf(error).kind === 'unauthorized';

const isFinal = (error: unknown): boolean => isRefusal(error) || faultOf(error).kind === 'closed';
