import {
  BehaviorSubject,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  type Observable,
  type SchedulerLike,
  Subject,
  switchMap,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { clampDelay } from '../stream/backoff.js';
import { sameItems } from '../stream/sameItems.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import {
  nextForgotten,
  NO_TYPISTS,
  type Typists,
  typingNow,
  typistsAfter,
  typistsAt,
} from '../projection/typists.js';

export interface TypingInParts {
  /** Every event of the conversation, live. Its end is the end of the result. */
  readonly events$: Observable<ComapiEvent>;
  /** Whether the line is open: the present state first. */
  readonly isOpen$: Observable<boolean>;
  /** Emits when the conversation is over for us. */
  readonly over$: Observable<unknown>;
  readonly isMe: (profileId: string) => boolean;
  readonly scheduler: SchedulerLike;
}

/**
 * Who else is typing: an empty list at once, then each other one.
 *
 *     events:    --a---b-----s------      a, b = typing, s = a has sent a message
 *     line:      o----------------x-      x = lost
 *     result:    0-a---(ab)--b----0-
 *
 * While the line is down nobody is shown: that somebody has stopped could not be heard either.
 */
export const typingIn = ({
  events$,
  isOpen$,
  over$,
  isMe,
  scheduler,
}: TypingInParts): Observable<readonly string[]> =>
  defer(() => {
    const typists = new BehaviorSubject(NO_TYPISTS);
    const ended$ = new Subject<void>();
    const change = (next: Typists): void => {
      if (next !== typists.value) typists.next(next);
    };

    const heard$ = events$.pipe(
      tap({
        next: (event) => {
          change(typistsAfter(typists.value, event, scheduler.now()));
        },
        complete: () => {
          ended$.next();
        },
      }),
    );
    const lost$ = isOpen$.pipe(
      filter((isOpen) => !isOpen),
      tap(() => {
        change(NO_TYPISTS);
      }),
    );
    const forgotten$ = typists.pipe(
      map(nextForgotten),
      distinctUntilChanged(),
      switchMap((at) =>
        at === undefined
          ? EMPTY
          : timer(clampDelay(at - scheduler.now()), scheduler).pipe(
              tap(() => {
                // By the clock it may be a little earlier yet: it is another one than that of timers.
                change(typistsAt(typists.value, at));
              }),
            ),
      ),
    );
    const over = over$.pipe(
      tap(() => {
        change(NO_TYPISTS);
        ended$.next();
      }),
    );
    const others$ = typists.pipe(
      map((present) => typingNow(present).filter((profileId) => !isMe(profileId))),
      distinctUntilChanged(sameItems),
    );

    return merge(others$, merge(over, lost$, forgotten$, heard$).pipe(ignoreElements())).pipe(
      takeUntil(ended$),
    );
  });
